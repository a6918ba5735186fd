import * as batch from '../batch/rules'
import { reshapedAxis } from '../batch/reshape'
import { bandPart, ensureShape } from '../optimise/compose/shaping'
import { unary } from '../shapes/families/elementwise'
import * as shapes from '../shapes/families/reshape'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'shape', batch: batch.aligned } as const

/** Operations that arrange the same elements differently. */
export const reshapeOps = table<OpSpec>({
  InvertPermutation: { ...common, takes: 'x', shape: shapes.invertPermutation },
  EnsureShape: {
    ...common,
    takes: 'input',
    shape: shapes.ensureShape,
    compose: ensureShape,
    handsWeightOn: true,
    handsOn: true,
    onPicture: 'passes',
    sentence: 'ensure-shape',
  },
  Squeeze: {
    trains: [0, 1],
    ...common,
    takes: 'input',
    shape: shapes.squeeze,
    batch: batch.squeeze,
    handsWeightOn: true,
    foldable: true,
    ofNumber: (x) => x,
    sentence: 'squeeze',
  },
  ConjugateTranspose: { ...common, takes: 'x perm', shape: shapes.transpose },
  Transpose: {
    trains: [0, 1],
    ...common,
    takes: 'x perm',
    shape: shapes.transpose,
    batch: batch.transpose,
    handsWeightOn: true,
    foldable: true,
    onPicture: 'passes',
    sentence: 'transpose',
  },
  BroadcastTo: {
    trains: [0, 1],
    ...common,
    takes: 'input shape',
    shape: shapes.broadcastTo,
    foldable: true,
    sentence: 'broadcast-to',
  },
  ExpandDims: {
    trains: [0, 1],
    ...common,
    takes: 'input dim',
    shape: shapes.expandDims,
    batch: batch.expandDims,
    handsWeightOn: true,
    foldable: true,
    onPicture: 'passes',
    ofNumber: (x) => x,
    sentence: 'expand-dims',
  },
  BatchMatrixBandPart: { ...common, category: 'other', takes: '', shape: null, today: 'MatrixBandPart' },
  MatrixBandPart: { ...common, takes: 'input num_lower num_upper', shape: unary(), compose: bandPart },
  MatrixDiag: { ...common, takes: 'diagonal', shape: shapes.matrixDiagonal },
  Reshape: {
    trains: [0, 1],
    ...common,
    takes: 'tensor shape',
    shape: shapes.reshape,
    batch: reshapedAxis,
    handsWeightOn: true,
    foldable: true,
    ofNumber: (x) => x,
    sentence: 'reshape',
  },
  Reverse: { ...common, takes: 'tensor dims', shape: unary(), foldable: true, onPicture: 'passes' },
  ReverseSequence: { ...common, takes: 'input seq_lengths', shape: unary() },
  ReverseV2: {
    ...common,
    takes: 'tensor axis',
    shape: shapes.reverse,
    batch: batch.alongOne,
    foldable: true,
    onPicture: 'passes',
    sentence: 'reverse',
  },
  Roll: { ...common, takes: 'input shift axis', shape: unary() },
  Tile: {
    trains: [0, 1],
    ...common,
    takes: 'input multiples',
    shape: shapes.tile,
    batch: batch.tile,
    foldable: true,
    sentence: 'tile',
  },
})
