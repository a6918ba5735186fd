import * as batch from '../batch/rules'
import { oneHot, shapeN } from '../optimise/compose/shaping'
import * as shapes from '../shapes/families/create'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'shape', batch: batch.aligned } as const
const random = { category: 'other', batch: batch.aligned, takes: 'shape', shape: shapes.random } as const
const seeded = { category: 'other', batch: batch.aligned, takes: 'shape seed', shape: shapes.random } as const

/** Operations that make tensors from shapes, and shapes from tensors; random numbers. */
export const createOps = table<OpSpec>({
  OnesLike: {
    trains: [0, 0],
    ...common,
    takes: 'x',
    shape: shapes.like(1),
    readsOnlyShape: true,
    foldable: true,
    sentence: 'ones-like',
  },
  ZerosLike: {
    trains: [0, 0],
    ...common,
    takes: 'x',
    shape: shapes.like(0),
    readsOnlyShape: true,
    foldable: true,
    sentence: 'zeros-like',
  },
  Rank: { ...common, takes: 'input', shape: shapes.rank, readsOnlyShape: true, foldable: true, sentence: 'rank' },
  Shape: { ...common, takes: 'input', shape: shapes.shapeOf, readsOnlyShape: true, foldable: true, sentence: 'shape' },
  Size: { ...common, takes: 'input', shape: shapes.size, readsOnlyShape: true, foldable: true, sentence: 'size' },
  ShapeN: {
    ...common,
    takes: 'input…',
    shape: shapes.shapeN,
    outputs: { countedBy: 'N' },
    compose: shapeN,
    readsOnlyShape: true,
  },
  RandomStandardNormal: { ...random, sentence: 'random-normal' },
  RandomUniform: { ...random, sentence: 'random-uniform' },
  TruncatedNormal: random,
  StatelessRandomNormal: seeded,
  StatelessRandomUniform: seeded,
  StatelessTruncatedNormal: seeded,
  StatelessRandomNormalV2: { ...common, category: 'other', takes: 'shape key counter alg', shape: shapes.random },
  StatelessRandomUniformV2: { ...common, category: 'other', takes: 'shape key counter alg', shape: shapes.random },
  Fill: { ...common, takes: 'dims value', shape: shapes.fill, batch: batch.lost, foldable: true, sentence: 'fill' },
  LinSpace: {
    ...common,
    takes: 'start stop num',
    shape: shapes.linSpace,
    batch: batch.lost,
    foldable: true,
    sentence: 'linear-space',
  },
  Multinomial: { ...common, category: 'other', takes: 'logits num_samples', shape: shapes.multinomial },
  OneHot: {
    ...common,
    takes: 'indices depth on_value off_value',
    shape: shapes.oneHot,
    batch: batch.oneHot,
    compose: oneHot,
    foldable: true,
    sentence: 'one-hot',
  },
  ParameterizedTruncatedNormal: {
    ...common,
    category: 'other',
    takes: 'shape means stdevs minvals maxvals',
    shape: shapes.random,
  },
  RandomUniformInt: { ...common, category: 'other', takes: 'shape minval maxval', shape: shapes.randomInt },
  Range: {
    ...common,
    takes: 'start limit delta',
    shape: shapes.range,
    batch: batch.lost,
    foldable: true,
    sentence: 'range',
  },
  Zeros: { ...common, takes: '', shape: shapes.constantOf(0) },
  Ones: { ...common, takes: '', shape: shapes.constantOf(1) },
  RandomShuffle: { ...common, category: 'other', takes: '', shape: null, batch: batch.lost },
})
