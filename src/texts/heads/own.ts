import { withMarksShown } from '../../marks'

/** `[7, 7, 1280]` */
const shapeOf = (shape: readonly number[]): string => `[${shape.join(', ')}]`

/** Texts of heads that are a network of one’s own. */
export const ownTexts = {
  name: 'Your own network',
  help: 'A Keras or TensorFlow.js model of yours is joined to the cut, and learns on from the weights it has.',
  title: (name: string | null) => (name === null ? 'Own network' : `Own network “${withMarksShown(name)}”`),
  notByItself: 'A network of your own takes too long for that: press the button when you are ready.',

  field: {
    title: 'The network',
    drop: 'Drop a Keras or TensorFlow.js model here',
    pick: 'Choose files',
    other: 'Choose another one',
    remove: 'Take it away',
    reading: 'Reading …',
    gone: 'It is not here any more. Drop it once more to train with it again; heads that were trained with it work on.',
    input: 'takes',
    outputs: 'gives',
    parameters: 'learns',
    numbers: (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'number' : 'numbers'}`,
    shape: shapeOf,
    ends: {
      softmax: 'It ends in a softmax, as a head does.',
      sigmoid: 'It ends in a sigmoid; a softmax takes its place, since each photo has one label.',
      none: 'It does not end in a softmax: one is put behind it.',
    },
    kept: 'Batch norms keep their statistics, and dropout is left out.',
  },
  fits: (shapes: readonly (readonly number[])[]) =>
    `At this cut, a network fits that takes ${shapes.map(shapeOf).join(' or ')}.`,
  fitsNot: (taken: readonly number[], shapes: readonly (readonly number[])[]) =>
    `It takes ${shapeOf(taken)}, and this cut gives ${shapes.map(shapeOf).join(' or ')}: cut elsewhere, or choose another network.`,
  outputsNot: (outputs: number, labels: number) =>
    `Its last layer gives ${outputs.toLocaleString('en')} ${outputs === 1 ? 'number' : 'numbers'}, and you have ${labels.toLocaleString('en')} labels.`,
  outputsNext: 'Use as many labels, or a model with as many outputs.',
  renew: 'Put a new last layer in its place',

  lastLayer: {
    name: 'Its last layer',
    help: 'A new one begins with random weights, and gives one number for each of your labels.',
    names: { kept: 'as it is', new: 'a new one for your labels' },
  },
  learns: {
    name: 'What learns',
    help: 'The last layer alone is quicker, and keeps what the rest knows.',
    names: { all: 'all of it', last: 'its last layer alone' },
  },
  pool: {
    name: 'What it takes of a map',
    help: 'By itself it gets what has the shape that it takes.',
    names: { auto: 'what fits', max: 'the largest over all places' },
  },
}
