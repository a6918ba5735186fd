/** Around the messages; what they say themselves comes with them. */
export const noticeTexts = { region: 'Messages', putAway: 'Put away' } as const
