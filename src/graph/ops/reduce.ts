import * as batch from '../batch/rules'
import { euclideanNorm, mean, small } from '../optimise/compose/arithmetic'
import { running } from '../optimise/compose/shaping'
import { arithmetic } from '../shapes/arithmetic'
import { unary } from '../shapes/families/elementwise'
import * as shapes from '../shapes/families/reduce'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'reduction', batch: batch.aligned } as const
const reduction = { ...common, takes: 'input reduction_indices', batch: batch.reduced } as const
const segments = { ...common, takes: 'data segment_ids', shape: shapes.segments } as const
const cumulative = {
  category: 'reduction',
  batch: batch.alongOne,
  takes: 'x axis',
  shape: unary(),
  compose: running,
} as const
const sparseSegments = { ...common, takes: 'data indices segment_ids', shape: shapes.segments } as const
const amongTop = { category: 'other', batch: batch.aligned, takes: '', shape: null, decides: true } as const

/** Operations that sum up over dimensions. */
export const reduceOps = table<OpSpec>({
  All: { ...reduction, shape: shapes.reduce({ combine: arithmetic.and }, 'bool'), foldable: true, sentence: 'all' },
  Any: { ...reduction, shape: shapes.reduce({ combine: arithmetic.or }, 'bool'), foldable: true, sentence: 'any' },
  EuclideanNorm: { ...reduction, shape: shapes.reduce(), compose: euclideanNorm },
  Mean: { trains: [0, 1], ...reduction, shape: shapes.reduce(), compose: mean, foldable: true, sentence: 'mean' },
  Max: {
    trains: [0, 1],
    ...reduction,
    shape: shapes.reduce({ combine: arithmetic.maximum }),
    foldable: true,
    sentence: 'max',
  },
  Min: {
    trains: [0, 1],
    ...reduction,
    shape: shapes.reduce({ combine: arithmetic.minimum }),
    foldable: true,
    sentence: 'min',
  },
  Prod: {
    ...reduction,
    shape: shapes.reduce({ from: 1, combine: arithmetic.multiply }),
    compose: small,
    foldable: true,
    sentence: 'prod',
  },
  Sum: {
    trains: [0, 1],
    ...reduction,
    shape: shapes.reduce({ from: 0, combine: arithmetic.add }),
    compose: small,
    foldable: true,
    sentence: 'sum',
  },
  SegmentMax: segments,
  SegmentMean: segments,
  SegmentMin: segments,
  SegmentProd: segments,
  SegmentSum: segments,
  Cumprod: cumulative,
  Cumsum: { ...cumulative, sentence: 'cumsum' },
  SparseSegmentMean: sparseSegments,
  SparseSegmentSqrtN: sparseSegments,
  SparseSegmentSum: sparseSegments,
  ArgMax: {
    ...common,
    takes: 'input dimension',
    shape: shapes.argument,
    batch: batch.reducedToOne,
    decides: true,
    sentence: 'arg-max',
  },
  ArgMin: {
    ...common,
    takes: 'input dimension',
    shape: shapes.argument,
    batch: batch.reducedToOne,
    sentence: 'arg-min',
  },
  Bincount: { ...common, takes: 'arr size weights', shape: shapes.bincount, batch: batch.lost },
  DenseBincount: { ...common, takes: 'input size weights', shape: shapes.denseBincount, batch: batch.lost },
  L2Loss: { ...common, takes: 't', shape: shapes.l2Loss },
  InTopK: amongTop,
  InTopKV2: amongTop,
})
