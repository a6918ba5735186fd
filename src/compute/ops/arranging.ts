import * as tf from '@tensorflow/tfjs-core'
import { boolAttribute, dtypeAttribute, intAttribute } from '../../graph/lookup/attributes'
import { table } from '../../graph/table'
import { anyOf, isWhole, startsOver, tooWideOnGpus, wrongOn } from './refusals'
import type { OpRun } from './types'

const none: OpRun = { kernels: [] }
const identity: OpRun = { kernels: ['Identity'] }
const reshape: OpRun = { kernels: ['Reshape'] }
/** As TensorFlow.js has it, but waited for where another operation of the graph fails meanwhile. */
const found = (own: OpRun['own']): OpRun => ({ kernels: [], dynamic: true, own })

/** Operations that make, arrange, take apart, join, and sum up. */
export const arranging = table<OpRun>({
  Shape: none,
  ShapeN: none,
  Rank: none,
  Size: none,
  Ones: none,
  Zeros: none,
  RandomStandardNormal: none,
  RandomUniform: none,
  RandomUniformInt: none,
  TruncatedNormal: none,
  LinSpace: { refused: wrongOn(['webgpu']) },
  OneHot: { refused: wrongOn(['webgpu'], (node) => intAttribute(node, 'axis', -1) !== -1) },
  MatrixBandPart: {
    kernels: ['StridedSlice', 'Range', 'Sub', 'Neg', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr', 'Select'],
  },
  EnsureShape: none,
  Squeeze: reshape,
  ExpandDims: reshape,
  BroadcastTo: { kernels: ['Tile'] },
  ReverseV2: { kernels: ['Reverse'] },
  Snapshot: identity,
  StopGradient: identity,
  IdentityN: identity,
  ConcatV2: { kernels: ['Concat'] },
  Gather: { kernels: ['GatherV2'] },
  ScatterNd: { refused: wrongOn(['webgpu'], (node) => dtypeAttribute(node, 'T', 'float32') === 'bool') },
  Split: { kernels: ['SplitV'] },
  Pad: { kernels: ['PadV2'] },
  TopKV2: { kernels: ['TopK'] },
  UniqueV2: { kernels: ['Unique'] },
  LowerBound: { kernels: ['SearchSorted'] },
  UpperBound: { kernels: ['SearchSorted'] },
  Where: found(async ({ inputs: [condition] }) => {
    const truth = tf.cast(condition, 'bool')
    const places = await tf.whereAsync(truth)
    truth.dispose()
    return [places]
  }),
  ListDiff: found(({ inputs: [x, y] }) => tf.setdiff1dAsync(x, y)),
  EuclideanNorm: {
    kernels: ['Square', 'Sum', 'Sqrt'],
    refused: (node) => (isWhole(node) ? 'it takes the norm of whole numbers' : null),
  },
  Sum: { refused: tooWideOnGpus },
  Prod: {
    refused: anyOf(
      wrongOn(['webgpu'], (node) => boolAttribute(node, 'keep_dims', false)),
      tooWideOnGpus,
    ),
  },
  Cumsum: { refused: startsOver },
  Cumprod: { refused: startsOver },
  DenseBincount: { refused: wrongOn(['webgpu']) },
  RFFT: { kernels: ['FFT'] },
  IRFFT: { kernels: ['IFFT'] },
})
