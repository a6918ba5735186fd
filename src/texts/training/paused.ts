/** Texts of trainings that were stopped and can be gone on with. */
export const pausedTexts = {
  pause: 'Pause',
  pausing: 'Pausing …',
  resume: 'Resume training',
  discard: 'Discard',
  discardTraining: 'Discard the training that was stopped',
  title: 'Training that was stopped',
  says: {
    paused: (passed: number, total: number) =>
      passed === 0
        ? 'Training is paused before its first round.'
        : `Training is paused after round ${passed} of ${total}.`,
    interrupted: (passed: number, total: number) => `Training was interrupted after round ${passed} of ${total}.`,
  },
  help: 'It goes on from there, with the cut and the settings it began with, and comes to the same head as without a break.',
  others: {
    photos: 'Photos or labels are others than those the training began with.',
    network:
      'The seed, what you told of layers, or values of other inputs are others than those the training began with.',
  },
  othersNext: {
    photos: 'Undo what you changed of them to resume it, or discard it.',
    network: 'Set them as they were to resume it, or discard it.',
  },
  nothing: 'No training is paused.',
  nothingNext: 'Train anew.',
  nothingRuns: 'No training runs that can be paused.',
  nothingRunsNext: 'Training the last layers of the network can be paused, once it has begun with them.',
  unkept: 'This training is not on disk: if the tab is closed, it begins again.',
} as const
