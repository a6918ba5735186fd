import { quoted } from '../../marks'
import type { Step } from '../../steps'

/** What a station is for, in three breaths. */
interface StationHelp {
  readonly what: string
  readonly todo: readonly string[]
  readonly tip: string
}

const stations: Record<Step, StationHelp> = {
  model: {
    what: 'A model is a network that has already learned from many pictures. You will keep the part of it that has learned to see.',
    todo: ['The drawing shows what it does, from top to bottom.', 'Click a box to open it and see what is inside.'],
    tip: 'You do not need to understand every box. The suggested cut works well.',
  },
  cut: {
    what: 'The cut says where the kept part ends. Everything before it stays as it is; a new end, the head, is put in place of the rest.',
    todo: [
      'Press “Take the suggested cut”.',
      'Or click a line of the drawing and press “Cut here”.',
      'With photos of two labels, “Where should I cut?” tries the places out.',
    ],
    tip: 'Near the end the network knows what things are; near the beginning only edges and colours.',
  },
  photos: {
    what: 'Show by example what you want to tell apart. Each kind of thing is a label, and each label needs photos.',
    todo: [
      'Make two labels or more.',
      'Drop photos on each, or record some with the camera.',
      'Ten photos each are enough to begin.',
    ],
    tip: 'Change the background and the light between photos, or it may learn the wall instead of the thing.',
  },
  train: {
    what: 'Training finds the rules that tell your labels apart. Some photos are kept aside and used afterwards to check it honestly.',
    todo: ['Press “Train the head”.', 'Look at how many of the photos kept aside it gets right.'],
    tip: 'If it mixes up two labels, add photos to just those two.',
  },
  try: {
    what: 'Here you see what it says of photos it has never seen, and take the result with you.',
    todo: ['Drop a new photo, or use the camera.', 'If it is wrong, add that photo to the right label.'],
    tip: 'Try something hard: from behind, far away, or half hidden.',
  },
}

/** Help in place, and the list of keys. */
export const helpTexts = {
  about: (title: string) => `What is ${quoted(title)}?`,
  todo: 'What to do',
  tip: 'Tip',
  stations,
  keys: {
    title: 'Keys',
    close: 'Close',
  },
} as const
