import type { HeadOptions } from '../../types'
import { percent } from '../percent'

type DenseOptions = Extract<HeadOptions, { kind: 'dense' }>

/** Texts of heads with hidden layers. */
export const denseTexts = {
  name: 'Hidden layers',
  help: 'A small network that practises in rounds. Takes longer; can find more in many photos.',
  title: (sizes: readonly number[]) => `Hidden ${sizes.join(' · ')}`,
  notByItself: 'Hidden layers take too long for that: press the button when you are ready.',

  hidden: {
    name: 'Sizes of the layers',
    help: 'How many units each layer has. More can learn more, but need more photos.',
    says: (sizes: readonly number[]) => sizes.join(', then '),
  },
  pool: {
    name: 'What it takes of a map',
    help: 'A map has values for many places in the photo. All of them need more memory and more photos.',
    names: {
      average: 'the average over all places',
      max: 'the largest over all places',
      flatten: 'the values of all places (flatten)',
    } satisfies Record<DenseOptions['pool'], string>,
  },
  epochs: {
    name: 'Rounds at most',
    help: 'In a round, the head sees each photo once. Also called epochs.',
  },
  patience: {
    name: 'Stop early',
    help: 'The best round’s head is kept in any case.',
    says: (rounds: number) => (rounds === 0 ? 'never' : `after ${rounds} rounds without progress`),
  },
  dropout: {
    name: 'Dropout',
    help: 'Leaves some units out at random in each step, so that the head does not learn photos by heart.',
    says: (share: number) => (share === 0 ? 'none' : percent(share)),
  },
  optimizer: {
    name: 'How it steps',
    help: 'Adam suits most cases.',
    names: {
      adam: 'Adam',
      sgd: 'Plain gradient descent (SGD)',
      momentum: 'SGD with momentum',
      rmsprop: 'RMSprop',
    } satisfies Record<DenseOptions['optimizer'], string>,
  },
  rate: {
    name: 'Learning rate',
    help: 'How large its steps are: too small takes long, too large loses the way.',
  },
  batch: {
    name: 'Photos in a step',
    help: 'How many photos it looks at before each step. Also called batch size.',
  },
  schedule: {
    name: 'What becomes of the rate',
    help: 'Smaller steps at the end find the best place more exactly. Also called a schedule.',
    says: (schedule: DenseOptions['schedule']) => {
      if (schedule === 'constant') return 'it stays as it is'
      if (schedule === 'cosine') return 'falls to nothing, slowly at both ends (cosine)'
      return `times ${schedule.factor} after every ${schedule.every} rounds`
    },
  },
  warmup: {
    name: 'Warm-up',
    help: 'The rate grows from nothing in the first rounds, so that a large one does not lose the way at once.',
    says: (rounds: number) => (rounds === 0 ? 'none' : rounds === 1 ? '1 round' : `${rounds} rounds`),
  },
  decay: {
    name: 'Weight decay',
    help: 'Draws all weights a little towards zero in each step, so that none grows large for a few photos.',
    says: (share: number) => (share === 0 ? 'none' : String(share)),
  },
  smoothing: {
    name: 'Label smoothing',
    help: 'It learns to be a little less sure than the labels are, which helps where some labels are wrong.',
    says: (share: number) => (share === 0 ? 'none' : percent(share)),
  },
  mix: {
    name: 'Mixed photos',
    help: 'Each step learns from mixtures of two photos, as partly one label and partly the other. What is mixed is what the network makes of them. A part of the map is there only with the values of all places.',
    names: {
      none: 'none',
      mixup: 'all values of two photos, by shares (mixup)',
      cutmix: 'a part of one photo’s map in the other’s (cutmix)',
    } satisfies Record<DenseOptions['mix'], string>,
  },
  mixAlpha: {
    name: 'How much is mixed (α)',
    help: 'Where photos are mixed: a small number leaves most nearly whole; 1 mixes by any share alike.',
  },
  clip: {
    name: 'Gradient clipping',
    help: 'Shortens the slope (gradient) where it is longer than this, so that one odd batch does no harm.',
    says: (norm: number) => (norm === 0 ? 'none' : String(norm)),
  },
  initializer: {
    name: 'First weights',
    help: 'From which random numbers the hidden layers begin, by the names they have in Keras.',
  },
}
