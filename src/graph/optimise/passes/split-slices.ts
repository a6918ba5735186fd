import { intAttribute } from '../../lookup/attributes'
import { constantValues } from '../../lookup/constants'
import { producer } from '../../lookup/graph-index'
import { tensorName } from '../../lookup/names'
import type { GraphNode } from '../../types'
import { Edit } from '../edit'
import { int, withoutStoredShapes } from '../attributes'
import { intConstant } from '../parts'
import type { Pass } from '../types'

/**
 * Strided slices that take single indices beside steps other than one (`x[..., ::2, 0]`) become two: the first takes the
 * ranges and adds the new dimensions, the second takes the single indices. TensorFlow.js 4.22 takes wrong values for both
 * at once (tfjs-core, `slice_util.sliceInfo` leaves the single ones out of the shape that its kernels go by). An entry
 * stands for the same dimension in both, an ellipsis or a new one too, so that begin and end may be of any kind.
 * The masks' meaning: https://www.tensorflow.org/api_docs/python/tf/strided_slice.
 */
export const splitSlices: Pass = {
  name: 'take single indices apart from steps',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      if (node.op !== 'StridedSlice' || node.inputs.length !== 4) continue
      const single = singleIndices(node)
      const steps = single === 0 ? null : stepsApart(node, single, edit)
      if (steps) edit.replace(node, ...steps.nodes, ...inTwo(node, single, steps))
    }
    return edit.apply()
  },
}

/** The entries that take one index, as a mask; the other masks go before theirs. */
const singleIndices = (node: GraphNode): number =>
  intAttribute(node, 'shrink_axis_mask', 0) &
  ~intAttribute(node, 'new_axis_mask', 0) &
  ~intAttribute(node, 'ellipsis_mask', 0)

/** Two lists of steps. */
interface Steps {
  readonly nodes: readonly GraphNode[]
  readonly ofRanges: string
  readonly ones: string
}

/** null where all steps are one. */
function stepsApart(node: GraphNode, single: number, edit: Edit): Steps | null {
  const stored = node.inputs[3]
  const strides = constantValues(edit.index, stored)
  if (!strides) {
    // Only known while running. What was split already has these.
    if (producer(edit.index, stored)?.op === 'OnesLike') return null
    const ones: GraphNode = {
      name: `${node.name}/ones`,
      op: 'OnesLike',
      inputs: [stored],
      controlInputs: [],
      attributes: { T: { kind: 'dtype', value: 'int32' } },
    }
    return { nodes: [ones], ofRanges: stored, ones: tensorName(ones.name) }
  }
  if (strides.every((stride) => stride === 1)) return null
  const ofRanges = intConstant(
    edit,
    `${node.name}/strides`,
    strides.map((stride, entry) => (((single >> entry) & 1) === 1 ? 1 : stride)),
  )
  const ones = intConstant(
    edit,
    `${node.name}/ones`,
    strides.map(() => 1),
  )
  return { nodes: [ofRanges.node, ones.node], ofRanges: ofRanges.tensor, ones: ones.tensor }
}

function inTwo(node: GraphNode, single: number, { ofRanges, ones }: Steps): readonly GraphNode[] {
  const [value, begin, end] = node.inputs
  const mask = (name: string): number => intAttribute(node, name, 0)
  const ranges: GraphNode = {
    ...node,
    name: `${node.name}/ranges`,
    inputs: [value, begin, end, ofRanges],
    attributes: {
      ...withoutStoredShapes(node.attributes),
      begin_mask: int(mask('begin_mask') | single),
      end_mask: int(mask('end_mask') | single),
      shrink_axis_mask: int(0),
    },
  }
  const indices: GraphNode = {
    ...node,
    inputs: [tensorName(ranges.name), begin, end, ones],
    controlInputs: [],
    attributes: {
      ...node.attributes,
      begin_mask: int(everyEntry & ~single),
      end_mask: int(everyEntry & ~single),
      new_axis_mask: int(0),
      shrink_axis_mask: int(single),
    },
  }
  return [ranges, indices]
}

const everyEntry = 0x7fffffff
