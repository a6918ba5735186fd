import type { PatternKind } from './types'

const names: Readonly<Record<PatternKind, readonly [name: string, sentence: string]>> = {
  convolution: [
    'Convolution',
    'A convolution with its bias or batch norm and its activation: every output is a weighted sum over a small window of the picture.',
  ],
  dense: ['Dense layer', 'Every output is a weighted sum of all inputs, with a bias and perhaps an activation.'],
  normalisation: [
    'Normalisation',
    'Shifts and scales the values so that they keep a common range, by statistics from training or of the data itself.',
  ],
  activation: ['Activation', 'One function of each value by itself, written out in several operations.'],
  separable: [
    'Separable convolution',
    'A convolution in two steps: a filter for each channel by itself, then a 1×1 convolution that mixes the channels.',
  ],
  'squeeze-excite': [
    'Squeeze-and-excitation',
    'Weights each channel by a number between 0 and 1 that is worked out from the mean of all channels.',
  ],
  'inverted-residual': [
    'Inverted residual block',
    'Widens the channels by a 1×1 convolution, filters each one by itself, and narrows them again without an activation; where the sizes agree, what came in is added.',
  ],
  residual: [
    'Residual block',
    'Adds what a few convolutions make of the input to the input itself, so that they only have to learn the difference.',
  ],
  classifier: [
    'Classifier',
    'The end of the network: averages each channel over the picture and turns the averages into a score for each class.',
  ],
}

/** What a kind of pattern is called: `Inverted residual block`. */
export const patternName = (kind: PatternKind): string => names[kind][0]

/** One plain sentence on what a kind of pattern is. */
export const patternSentence = (kind: PatternKind): string => names[kind][1]
