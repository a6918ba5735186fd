import { intAttribute } from '../lookup/attributes'
import type { BatchOperands } from './operands'

/**
 * Where the batch of a StridedSlice's input stands in its output, or `lost` if not all pictures are taken or it cannot
 * be told. Masks as in TensorFlow's `StridedSlice` (array_ops): bit i speaks of the i-th entry of begin, end, strides.
 */
export function sliceAxis(axis: number, { node, inputs, constant, batch }: BatchOperands): number | 'lost' {
  const rank = inputs[0]?.length
  const entries = inputs[1]?.at(0)
  if (rank === undefined || entries === undefined || entries === null) return 'lost'
  const has = (mask: string, entry: number): boolean => ((intAttribute(node, mask, 0) >> entry) & 1) === 1
  const newAxes = range(entries).filter((entry) => has('new_axis_mask', entry)).length
  const hasEllipsis = range(entries).some((entry) => has('ellipsis_mask', entry))

  let dimension = 0
  let place = 0
  for (const entry of range(entries)) {
    if (has('ellipsis_mask', entry)) {
      const covered = rank - (entries - newAxes - 1)
      if (axis >= dimension && axis < dimension + covered) return place + axis - dimension
      dimension += covered
      place += covered
    } else if (has('new_axis_mask', entry)) {
      place += 1
    } else {
      const shrinks = has('shrink_axis_mask', entry)
      if (dimension === axis) return shrinks || !takesAll(entry) ? 'lost' : place
      dimension += 1
      place += shrinks ? 0 : 1
    }
  }
  return hasEllipsis ? 'lost' : place + axis - dimension

  function takesAll(entry: number): boolean {
    const end = constant(2)?.at(entry)
    const fromStart = has('begin_mask', entry) || constant(1)?.at(entry) === 0
    const toEnd = has('end_mask', entry) || (batch !== null && end !== undefined && end >= batch)
    return fromStart && toEnd && constant(3)?.at(entry) === 1
  }
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i)
}
