import type { TailOptions } from '../../tail-options'

/** Of none, a bias or a norm is left that comes behind the last layer. */
function lastLayers(layers: number): string {
  if (layers === 0) return 'what is behind the last layer'
  return layers === 1 ? 'the last layer' : `the last ${layers} layers`
}

/** Texts of training the last layers of the network with the head. */
export const tuningTexts = {
  what: {
    name: 'What learns',
    help: 'The last layers learn slowly, and are only kept where photos that were not learnt from show that it helps.',
    names: {
      head: 'The head alone',
      hybrid: 'The head, then the last layers too',
      together: 'Head and last layers at once',
    },
  },
  layers: {
    name: 'Last layers of the network',
    says: (layers: number, numbers: number) => `${lastLayers(layers)}, ${numbers.toLocaleString('en')} numbers`,
    from: (tensor: string) => `From “${tensor}” on.`,
    help: 'Convolutions and dense layers count. More can adapt more, but take longer and need more photos.',
    none: 'None of this network’s layers can be trained before this cut.',
    elsewhere: (tensor: string) =>
      `It is to be trained from “${tensor}” on, which is none of the places that were found before this cut.`,
    byNumber: (layers: number) => (layers === 1 ? 'Take the last layer' : `Take the last ${layers} layers`),
    looking: 'Looking which layers can be trained …',
  },
  notByItself: 'Layers of the network take too long for that: press the button when you are ready.',
  title: (head: string) => `${head}, network tuned`,
  rate: {
    name: 'Learning rate of the last layers',
    help: 'Small steps keep what the network knows.',
  },
  epochs: {
    name: 'Rounds of the last layers at most',
    help: 'In a round, each photo is seen once. The best round is kept.',
  },
  patience: {
    name: 'Stop the last layers early',
    help: 'When photos set aside get no better.',
    says: (rounds: number) => (rounds === 0 ? 'never' : `after ${rounds} rounds without progress`),
  },
  schedule: {
    name: 'Steps of the last layers',
    help: 'Steps that become smaller settle better.',
    names: {
      constant: 'all of one size',
      cosine: 'smaller and smaller (cosine)',
    } satisfies Record<TailOptions['schedule'], string>,
  },
  optimizer: {
    name: 'How the last layers step',
    help: 'Adam suits most cases.',
  },
  report: {
    kept: (layers: number) =>
      `Training ${lastLayers(layers)} of the network helped, and what was trained is part of this head.`,
    left: (layers: number) => `Training ${lastLayers(layers)} of the network did not help, so it is used as it was.`,
    numbers: (before: string, after: string, photos: number) =>
      `Loss on ${photos === 1 ? 'the one photo that was' : `${photos} photos that were`} not learnt from: ${before} before, ${after} after.`,
  },
} as const
