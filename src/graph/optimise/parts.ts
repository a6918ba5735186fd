import type { GraphNode } from '../types'
import type { Edit } from './edit'

/** A new int32 constant: a number, a list, or a list in the shape given. */
export function intConstant(
  edit: Edit,
  name: string,
  values: number | readonly number[],
  shape?: readonly number[],
): { node: GraphNode; tensor: string } {
  const list = typeof values === 'number' ? [values] : values
  const dimensions = shape ?? (typeof values === 'number' ? [] : [list.length])
  return edit.addConstant(name, {
    info: { id: '', dtype: 'int32', shape: dimensions, bytes: 4 * list.length, small: list },
    values: () => Int32Array.from(list),
  })
}
