import * as batch from '../batch/rules'
import { maxPool } from '../optimise/compose/shaping'
import * as shapes from '../shapes/families/pool'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'pool', batch: batch.aligned } as const
const pool = { ...common, takes: 'input', shape: shapes.pool } as const

/** Poolings. */
export const poolOps = table<OpSpec>({
  AvgPool3D: { ...pool, sentence: 'average-pool-3d' },
  MaxPool: { trains: [0, 1], ...pool, laidOut: 0, compose: maxPool, sentence: 'max-pool' },
  MaxPool3D: { ...pool, sentence: 'max-pool-3d' },
  MaxPoolWithArgmax: { ...pool, sentence: 'max-pool-with-argmax' },
  AvgPool: { trains: [0, 1], ...common, takes: 'value', shape: shapes.pool, laidOut: 0, sentence: 'average-pool' },
  MaxPoolV2: { ...common, takes: 'input ksize strides', shape: shapes.poolV2 },
  FractionalAvgPool: { ...common, takes: '', shape: null },
  FractionalMaxPool: { ...common, takes: '', shape: null },
})
