import * as batch from '../batch/rules'
import * as shapes from '../shapes/families/elementwise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'activation', batch: batch.aligned } as const
const squashing = { ...common, takes: 'x', shape: shapes.unary(), foldable: true, anyLayout: true } as const
const rectifier = { ...common, takes: 'features', shape: shapes.unary() } as const
const ofScores = { ...common, takes: 'logits', shape: shapes.unary(), decides: true } as const
const onlyFused = { category: 'other', batch: batch.aligned, takes: '', shape: null } as const

/** Activations. */
export const activationOps = table<OpSpec>({
  Sigmoid: { trains: [0, 1], ...squashing, fusible: true, decides: true, word: 'sigmoid', sentence: 'sigmoid' },
  Tanh: { trains: [0, 1], ...squashing, word: 'tanh', sentence: 'tanh' },
  Elu: { trains: [0, 1], ...rectifier, anyLayout: true, fusible: true, word: 'ELU', sentence: 'elu' },
  LeakyRelu: {
    trains: [0, 1],
    ...rectifier,
    anyLayout: true,
    fusible: true,
    word: 'LeakyReLU',
    title: 'LeakyReLU',
    sentence: 'leaky-relu',
  },
  Relu: {
    trains: [0, 1],
    ...rectifier,
    foldable: true,
    anyLayout: true,
    fusible: true,
    word: 'ReLU',
    title: 'ReLU',
    sentence: 'relu',
  },
  Relu6: {
    trains: [0, 1],
    ...rectifier,
    foldable: true,
    anyLayout: true,
    fusible: true,
    word: 'ReLU6',
    title: 'ReLU6',
    sentence: 'relu6',
  },
  Selu: { trains: [0, 1], ...rectifier, anyLayout: true, word: 'SELU', sentence: 'selu' },
  Softplus: { trains: [0, 1], ...rectifier, foldable: true, anyLayout: true, word: 'softplus', sentence: 'softplus' },
  Softsign: { trains: [0, 1], ...rectifier, word: 'softsign', sentence: 'softsign' },
  LogSoftmax: { ...ofScores, sentence: 'log-softmax' },
  Softmax: { trains: [0, 1], ...ofScores, foldable: true, sentence: 'softmax' },
  Prelu: {
    trains: [0, 2],
    ...common,
    takes: 'x alpha',
    shape: shapes.unary(),
    fusible: true,
    word: 'PReLU',
    title: 'PReLU',
    sentence: 'prelu',
  },
  GeluApproximate: { ...onlyFused, word: 'GELU' },
  GeluExact: { ...onlyFused, word: 'GELU' },
  _FusedHardSwish: { ...onlyFused, word: 'hard-swish' },
})
