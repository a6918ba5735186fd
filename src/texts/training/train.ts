import type { HeadOptions } from '../../types'

type Dense = Extract<HeadOptions, { kind: 'dense' }>

const percent = (share: number): string => `${Math.round(share * 100)} %`

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
  percent,
  withoutPhotos: 'The photos this head was trained on are gone. It still names photos you try; undo brings them back.',
  stale: 'Something has changed since this head was trained. Train again to take it in.',
  missing: {
    cut: 'First cut the network.',
    labels: 'First make at least two labels.',
    photos: 'First add photos to the labels.',
  },

  auto: 'Train by itself',
  autoHelp: 'Whenever you change photos, the cut or how pictures go in, the head learns anew.',
  autoLinearOnly: 'Hidden layers take too long for that: press the button when you are ready.',

  kind: 'Kind of head',
  kinds: {
    linear: { name: 'Linear', help: 'One layer, worked out exactly and at once. Best to begin with.' },
    dense: {
      name: 'Hidden layers',
      help: 'A small network that practises in rounds. Takes longer; can find more in many photos.',
    },
  } satisfies Record<HeadOptions['kind'], { name: string; help: string }>,

  settings: 'Settings',
  more: 'More',
  scripted: (value: string) => `${value} (as set before)`,

  heldOut: {
    name: 'Photos held out to judge with',
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
  hidden: {
    name: 'Sizes of the layers',
    help: 'How many units each layer has. More can learn more, but need more photos.',
    says: (sizes: readonly number[]) => sizes.join(', then '),
  },
  epochs: {
    name: 'Rounds at most',
    help: 'In a round, the head sees each photo once. Also called epochs.',
  },
  patience: {
    name: 'Stop early',
    help: 'The best round’s head is kept in any case.',
    never: 'never',
    after: (rounds: number) => `after ${rounds} rounds without progress`,
  },
  dropout: {
    name: 'Dropout',
    help: 'Leaves some units out at random in each step, so that the head does not learn photos by heart.',
    none: 'none',
  },
  optimizer: {
    name: 'How it steps',
    help: 'Adam suits most cases.',
    names: {
      adam: 'Adam',
      sgd: 'Plain gradient descent (SGD)',
      momentum: 'SGD with momentum',
      rmsprop: 'RMSprop',
    } satisfies Record<Dense['optimizer'], string>,
  },
  rate: {
    name: 'Learning rate',
    help: 'How large its steps are: too small takes long, too large loses the way.',
  },
  batch: {
    name: 'Photos in a step',
    help: 'How many photos it looks at before each step. Also called batch size.',
  },
  l2: {
    name: 'Penalty on large weights (λ)',
    help: 'More makes it more careful, less lets it follow the photos more closely.',
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
    linear: (l2: number) => `Linear, λ ${l2}`,
    dense: (sizes: readonly number[]) => `Hidden ${sizes.join(' · ')}`,
    balanced: 'balanced',
    at: (cut: string) => `at ${cut}`,
    allAt: (cut: string) => `All cut at ${cut}`,
    several: (count: number) => `${count} tensors`,
    notEvaluated: 'Nothing to evaluate with: no photo was kept from it',
    use: (name: string) => `Use ${name}`,
    remove: (name: string) => `Delete ${name}`,
  },
}
