import { intAttribute } from '../attributes'
import { constantValues } from '../constants'
import { tensorName } from '../names'
import type { GraphNode } from '../types'
import { Edit } from './edit'
import type { Pass } from './types'

/**
 * Strided slices that take single indices beside steps other than one (`x[:, ::2, 0]`) become a slice that keeps all
 * dimensions and a Squeeze: TensorFlow.js 4.22 takes wrong values for them (tfjs-core, `slice_util.sliceInfo` leaves the
 * single ones out of the shape that its kernels go by).
 * The masks' meaning: https://www.tensorflow.org/api_docs/python/tf/strided_slice.
 */
export const splitSlices: Pass = {
  name: 'take single indices apart from steps',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      if (node.op !== 'StridedSlice') continue
      const parts = inTwo(node, edit)
      if (parts) edit.replace(node, ...parts)
    }
    return edit.apply()
  },
}

function inTwo(node: GraphNode, edit: Edit): readonly GraphNode[] | null {
  const shrink = intAttribute(node, 'shrink_axis_mask', 0)
  const begin = constantValues(edit.index, node.inputs.at(1))
  const strides = constantValues(edit.index, node.inputs.at(3))
  if (shrink === 0 || !begin || !strides || strides.every((stride) => stride === 1)) return null
  if (intAttribute(node, 'new_axis_mask', 0) !== 0 || intAttribute(node, 'ellipsis_mask', 0) !== 0) return null
  const end = constantValues(edit.index, node.inputs.at(2))
  if (!end) return null
  const single = begin.map((_, axis) => ((shrink >> axis) & 1) === 1)
  const list = (name: string, values: readonly number[]) =>
    edit.addConstant(`${node.name}/${name}`, {
      info: { id: '', dtype: 'int32', shape: [values.length], bytes: 4 * values.length, small: values },
      values: () => Int32Array.from(values),
    })
  // The index −1 ends where the dimension does.
  const isLast = (axis: number): boolean => single[axis] && begin[axis] === -1
  const ends = list(
    'end',
    end.map((value, axis) => (single[axis] ? begin[axis] + 1 : value)),
  )
  const steps = list(
    'strides',
    strides.map((stride, axis) => (single[axis] ? 1 : stride)),
  )
  const endMask = begin.reduce(
    (mask, _, axis) => (single[axis] ? (isLast(axis) ? mask | (1 << axis) : mask & ~(1 << axis)) : mask),
    intAttribute(node, 'end_mask', 0),
  )
  const beginMask = begin.reduce(
    (mask, _, axis) => (single[axis] ? mask & ~(1 << axis) : mask),
    intAttribute(node, 'begin_mask', 0),
  )
  const int = (value: number) => ({ kind: 'int', value }) as const
  const slice: GraphNode = {
    ...node,
    name: `${node.name}/kept`,
    inputs: [node.inputs[0], node.inputs[1], ends.tensor, steps.tensor],
    attributes: {
      ...node.attributes,
      begin_mask: int(beginMask),
      end_mask: int(endMask),
      shrink_axis_mask: int(0),
      Index: { kind: 'dtype', value: 'int32' },
    },
  }
  const axes = single.flatMap((isSingle, axis) => (isSingle ? [int(axis)] : []))
  const squeeze: GraphNode = {
    name: node.name,
    op: 'Squeeze',
    inputs: [tensorName(slice.name)],
    controlInputs: [],
    attributes: {
      squeeze_dims: { kind: 'list', items: axes },
      ...(node.attributes.T && { T: node.attributes.T }),
    },
  }
  return [ends.node, steps.node, slice, squeeze]
}
