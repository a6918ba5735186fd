/** What is said about changed copies of photos. */
export const augmentTexts = {
  summary: (copies: number) => `Changed copies: ${copies === 0 ? 'none' : `${copies} of each photo trained on`}`,
  why: 'Few photos? Train on changed copies of them too, and the network learns what does not matter: which way round, how close, how bright. Held-out photos stay as they are, so that the accuracy stays honest.',
  on: 'Train on changed copies, too',
  onHelp: 'Small changes that suit most photos; choose below what else.',
  copies: 'Copies of each photo',
  amount: (copies: number) => (copies === 0 ? 'none' : String(copies)),
  flip: 'Mirror every other copy',
  flipHelp: 'Not for letters, numbers, or left and right hands.',
  sliders: {
    crop: { name: 'Cut off', says: (percent: number) => `up to ${percent} % of each side` },
    scale: { name: 'Larger or smaller', says: (percent: number) => `by up to ${percent} %` },
    brightness: { name: 'Lighter or darker', says: (percent: number) => `by up to ${percent} %` },
    rotation: { name: 'Turned', says: (degrees: number) => `by up to ${degrees}° either way` },
    hue: { name: 'Other hues', says: (percent: number) => `up to ${percent} % round the circle of colours` },
    saturation: { name: 'Paler or stronger colours', says: (percent: number) => `by up to ${percent} %` },
    erase: { name: 'Covered by noise', says: (percent: number) => `up to ${percent} % of the picture` },
  },
  more: 'More changes',
  moreHelp:
    'Corners that a turned picture leaves empty are filled with what is beside them, mirrored. Leave hues alone where the colour is what matters.',
  off: 'off',
  preview: {
    name: 'Examples',
    photo: (name: string) => `${name}, as it is`,
    copy: (number: number) => `Changed copy ${number}`,
    other: 'Another photo',
    none: 'Add photos to train on, and examples are shown here.',
    same: 'Choose what may change, and examples are shown here.',
  },
  cost: (copies: number) =>
    `The network looks at ${copies + 1} pictures for each photo it is trained on. That takes longer once; then it is remembered.`,
} as const
