import { poolingAxes } from '../lookup/pooling'
import type { GraphIndex } from '../lookup/graph-index'
import type { TensorInfo } from '../types'
import type { HeadBuilder } from './head-builder'
import type { Pool } from './pools'

/** Where a cut is, in a graph that is being grafted. */
export interface CutPlace {
  readonly index: GraphIndex
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly cut: string
  /** Put behind the names of its nodes. */
  readonly suffix: string
}

/** Adds what makes `[batch, features]` of a cut, or a map with its channels last, as float32; `length` is how many features a flattened one has. */
export function addPool(
  builder: HeadBuilder,
  pool: Pool,
  { index, infos, cut, suffix }: CutPlace,
  length: number,
): string {
  const values = builder.float32(cut, infos.get(cut)?.dtype ?? 'float32', `cast${suffix}`)
  const axes = poolingAxes(index, infos, cut)
  if (axes.length === 0) return values
  if (pool === 'map')
    return axes.includes(3) ? builder.transposed(`channels_last${suffix}`, values, [0, 2, 3, 1]) : values
  if (pool === 'flatten') return builder.flattened(`flatten${suffix}`, values, length)
  return builder.reduce(pool === 'max' ? 'Max' : 'Mean', `pool${suffix}`, values, axes, false)
}
