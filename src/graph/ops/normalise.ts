import * as batch from '../batch/rules'
import { unary } from '../shapes/families/elementwise'
import * as shapes from '../shapes/families/normalise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'normalisation', batch: batch.aligned } as const
const batchNorm = {
  ...common,
  takes: 'x scale offset mean variance',
  shape: shapes.fusedBatchNorm,
  laidOut: 0,
  norm: { mean: 3, variance: 4, trains: true },
} as const

/** Normalisations. */
export const normaliseOps = table<OpSpec>({
  LRN: { ...common, takes: 'input', shape: unary(), sentence: 'local-response-norm' },
  FusedBatchNorm: { trains: [0, 5], ...batchNorm, title: 'BatchNorm', sentence: 'batch-norm' },
  FusedBatchNormV2: { trains: [0, 5], ...batchNorm, title: 'BatchNorm', sentence: 'batch-norm' },
  FusedBatchNormV3: { trains: [0, 5], ...batchNorm, title: 'BatchNorm', sentence: 'batch-norm' },
  BatchNormWithGlobalNormalization: {
    ...common,
    takes: 't m v beta gamma',
    shape: unary(),
    norm: { mean: 1, variance: 2, trains: false },
  },
})
