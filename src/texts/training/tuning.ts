import type { TailOptions } from '../../tail-options'
import type { TailReport } from '../../types'

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
      head: 'Features only: the head alone',
      hybrid: 'Hybrid: the head, then the last layers too',
      together: 'Fine-tune: head and last layers at once',
    },
  },
  phases: {
    name: 'What is trained, in this order',
    head: 'The head, to its end.',
    tail: (layers: number, optimizer: string, rate: number, rounds: number) =>
      `Head and ${lastLayers(layers)} together: ${optimizer}, rate ${rate}, up to ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`,
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
  clipNorm: {
    name: 'Longest gradient of the last layers',
    help: 'Gradients that are longer together are shortened to it, so that one odd photo upsets little.',
    says: (length: number) => (length === 0 ? 'any' : String(length)),
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
  mix: {
    name: 'Mixed photos for the last layers',
    help: 'Each step learns from mixtures of two photos, made where the last layers begin.',
  },
  mixAlpha: {
    name: 'How much is mixed there (α)',
    help: 'A small number leaves most photos nearly whole; 1 mixes by any share alike.',
  },
  outcome,
} as const

/** Under so many photos, a loss says little. */
const few = 10

/** What came of training the last layers, in a few sentences. */
function outcome({ kept, layers, before, after, decidedBy, stopped }: TailReport): string {
  const what = `Training ${lastLayers(layers)} of the network`
  if (!kept && stopped === 'not-finite') {
    return `${what} lost its way, so it is used as it was. Choose a lower learning rate for the last layers.`
  }
  const { photos, setAside } = decidedBy
  const one = photos === 1
  const apart =
    kept && setAside
      ? [
          `${one ? 'It counts' : 'They count'} among the photos trained on, though neither head nor layers learnt from ${one ? 'it' : 'them'}.`,
        ]
      : []
  const which = setAside ? 'set aside from those that are trained on' : `that ${one ? 'was' : 'were'} not learnt from`
  return [
    kept
      ? `${what} helped, and what was trained is part of this head.`
      : `${what} did not help, so it is used as it was.`,
    `Loss on ${one ? 'the one photo' : `${photos} photos`} ${which}: ${before.loss.toFixed(3)} before, ${after.loss.toFixed(3)} after.`,
    ...apart,
    ...(photos < few ? ['So few photos may not tell: hold out more to be surer.'] : []),
  ].join(' ')
}
