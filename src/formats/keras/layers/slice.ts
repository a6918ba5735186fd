import type { Builder, Symbolic } from '../types'
import { squeeze, expandDims, int, int32 } from './ops'
import type { Attribute } from '../../../graph/types'

/** What to take of one dimension, as in Python: `[start:stop:step]`, one index, or a new dimension. */
export type DimensionSlice =
  | { readonly start: number | null; readonly stop: number | null; readonly step: number }
  | { readonly index: number }
  | 'new'

/**
 * StridedSlice of the first dimensions. Where one is strided, single indices and new dimensions are made apart:
 * tfjs 4.22 computes them together wrongly.
 */
export function slice(build: Builder, x: Symbolic, slices: readonly DimensionSlice[]): Symbolic {
  const isStrided = slices.some((part) => part !== 'new' && 'step' in part && part.step !== 1)
  if (!isStrided) return stridedSlice(build, x, slices)
  const named = slices.filter((part) => part !== 'new')
  const ranges = named.map((part) => ('index' in part ? rangeOf(part.index) : part))
  const shrunk = named.flatMap((part, axis) => ('index' in part ? axis : []))
  const sliced = stridedSlice(build, x, ranges)
  const squeezed = shrunk.length > 0 ? squeeze(build, sliced, shrunk) : sliced
  const kept = slices.filter((part) => part === 'new' || 'start' in part)
  return kept.reduce((wide, part, axis) => (part === 'new' ? expandDims(build, wide, axis) : wide), squeezed)
}

const rangeOf = (index: number): DimensionSlice => ({ start: index, stop: index === -1 ? null : index + 1, step: 1 })

function stridedSlice(build: Builder, x: Symbolic, slices: readonly DimensionSlice[]): Symbolic {
  const name = 'strided_slice'
  const entries = slices.map((part) => {
    if (part === 'new') return { begin: 0, end: 0, stride: 1 }
    if ('index' in part) return { begin: part.index, end: part.index + 1, stride: 1 }
    return { begin: part.start ?? 0, end: part.stop ?? 0, stride: part.step }
  })
  const mask = (has: (part: DimensionSlice) => boolean): Attribute =>
    int(slices.reduce((bits, part, place) => bits | (has(part) ? 1 << place : 0), 0))
  const numbers = (key: 'begin' | 'end' | 'stride', suffix: string): Symbolic =>
    build.numbers(
      `${name}/${suffix}`,
      entries.map((entry) => entry[key]),
    )
  const inputs = [x, numbers('begin', 'stack'), numbers('end', 'stack_1'), numbers('stride', 'stack_2')]
  return build.op(name, 'StridedSlice', inputs, {
    Index: int32,
    begin_mask: mask((part) => part !== 'new' && 'start' in part && part.start === null),
    // The index −1 ends where the dimension does.
    end_mask: mask((part) => part !== 'new' && ('start' in part ? part.stop === null : part.index === -1)),
    ellipsis_mask: int(0),
    new_axis_mask: mask((part) => part === 'new'),
    shrink_axis_mask: mask((part) => part !== 'new' && 'index' in part),
  })
}
