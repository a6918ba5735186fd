import { quoted } from '../../marks'

/** What is said when a part of the page that works in the background stops. */
export const workerTexts = {
  diedTitle: 'A part of Cutpoint stopped and was started again',
  diedText: 'Everything is as it was, and what it was doing is done again.',
  gpuTitle: 'The browser lost the graphics processor, and it was started again',
  gpuGivenUpTitle: (from: string, to: string) =>
    `The graphics processor is lost again and again: now on ${to} instead of ${from}`,
  gpuGivenUpText: 'What it was doing is done again there. You can choose a backend at the top of the page.',
  silentTitle: {
    compute: 'The network has been computing for a while without a sign of life',
    images: 'The photos have been looked at for a while without a sign of life',
    files: 'The network’s files have been written or read for a while without a sign of life',
  },
  silentText: 'It may only be hard work: you can go on waiting. Started again, it goes back to where it was.',
  startAgain: 'Start it again',
  lostTitle: (model: string) => `${quoted(model)} could not be brought back`,
} as const
