/** Texts of the station where the head is tried. */
export const tryTexts = {
  title: 'Try and keep',
  untrained: 'Once a head is trained, show it a photo here, or the camera, and see what it says.',
  state: {
    untrained: 'after training',
    stale: 'out of date',
    ready: 'ready',
    tried: (photos: number) => `${photos} tried`,
  },
  drop: 'Drop or paste a photo it has not seen',
  pick: 'Photo',
  camera: 'Camera',
  tried: 'Photos tried',
  ownClassifier: 'Until a head is trained, the network’s own classifier answers.',
  stale: 'This head is of before the last change',
  staleCut: (cut: string) => `, at the cut ${cut}`,
  staleNext: '. Train again to take the change in.',
  pasted: 'pasted photo',

  bars: 'What it says, label by label',
  more: (labels: number) => `Show all ${labels} labels`,
  fewer: 'Show fewer',

  really: 'It is really',
  reallyWhich: 'another label',
  asItSays: (label: string) => `${label}, as it says`,
  addTo: (label: string) => `Add this photo to ${label}`,
  addedTo: (label: string) => `Added to ${label}.`,
  remove: (name: string) => `Take ${name} off the list`,

  live: {
    panel: 'Live camera',
    freeze: 'Freeze',
    goOn: 'Go on',
    rate: (rate: number) => `${rate.toFixed(rate < 10 ? 1 : 0)} a second`,
    waiting: 'Waiting for other work',
    starting: 'Looking …',
    hint: 'Freeze the picture to say what it really is.',
    photoName: (time: string) => `camera ${time}.jpg`,
  },
} as const
