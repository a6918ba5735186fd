import { percent } from '../percent'

const sharesInWords: Partial<Record<number, string>> = { 0.5: 'Half', 0.2: 'One in five', 0.1: 'One in ten' }

/** Texts of the station where heads are trained and compared. */
export const trainTexts = {
  title: 'Train',
  train: 'Train the head',
  trainAgain: 'Train again',
  states: {
    none: 'not trained',
    stale: 'out of date',
    trained: 'trained',
    retraining: 'training …',
    notEvaluated: 'trained, not evaluated',
  },
  withoutPhotos: 'The photos this head was trained on are gone. It still names photos you try; undo brings them back.',
  stale: 'Something has changed since this head was trained. Train again to take it in.',
  missing: {
    cut: 'First cut the network.',
    picture: 'This network takes no pictures, so that it cannot be trained on photos.',
    labels: 'First make at least two labels.',
    photos: 'First add photos of at least two labels to train on.',
  },

  auto: 'Train by itself',
  autoHelp: 'Whenever you change photos, the cut or how pictures go in, the head is trained again.',

  noMap: 'Not at this cut: it needs one tensor with height and width, or their average.',
  kind: 'Kind of head',
  parameters: (count: number) => `It learns ${count.toLocaleString('en')} numbers.`,
  settings: 'Settings',
  more: 'More',
  scripted: (value: string) => `${value} (as set before)`,

  heldOut: {
    name: 'Photos held out to evaluate with',
    help: 'The head never sees them while it learns, so they show how it does on new ones.',
  },
  validation: {
    name: 'Photos set aside to know when to stop',
    help: 'When the head gets no better on them, it has learnt enough.',
  },
  shares: {
    none: 'None',
    share: (share: number) => sharesInWords[share] ?? percent(share),
  },
  classWeights: {
    name: 'Labels with few photos',
    help: 'Whether a label with few photos gets as much attention as one with many.',
    none: 'count as their photos do',
    balanced: 'count as much as the others',
  },
  seed: {
    name: 'Seed',
    help: 'Decides all that is random, such as which photos are held out. The same seed gives the same head.',
  },

  heads: {
    title: 'Trained heads',
    help: 'Choose one to use it: it predicts and is saved from then on, with its cut and its settings.',
    head: 'Head',
    accuracy: 'Right',
    time: 'Time',
    size: 'Size',
    balanced: 'balanced',
    at: (cut: string) => `at ${cut}`,
    allAt: (cut: string) => `All cut at ${cut}`,
    several: (count: number) => `${count} tensors`,
    notEvaluated: 'Nothing to evaluate with: no photo was kept from it',
    /** Of heads that are called the same. */
    numbered: (name: string, number: number) => `${name} (${number})`,
    use: (name: string) => `Use ${name}`,
    remove: (name: string) => `Delete ${name}`,
  },
}
