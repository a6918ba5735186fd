/** Around the messages; what they say themselves comes with them. */
export const noticeTexts = {
  region: 'Messages',
  putAway: 'Put away',
  unreadable: (n: number) => `${n === 1 ? 'One thing' : `${n} things`} in what you dropped could not be read.`,
  unreadableText: 'All the rest came. Each with its reason:',
} as const
