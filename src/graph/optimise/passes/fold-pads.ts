import { intsAttribute, stringAttribute } from '../../lookup/attributes'
import { constantValues } from '../../lookup/constants'
import { producer } from '../../lookup/graph-index'
import { splitTensor } from '../../lookup/names'
import { isConvolution2D } from '../../op-tables/ops'
import type { Attribute, GraphNode, WeightStore } from '../../types'
import { constantBehind, floatsOf } from '../constant'
import { Edit } from '../edit'
import { isFloatChannelsLast } from '../linear-op'
import type { Pass } from '../types'

/** Makes a border of zeros round height and width part of the convolution after it, as its explicit padding. */
export const foldPads: Pass = {
  name: 'fold pads',
  async run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      const own = ownPadding(node)
      const pad = own && producer(edit.index, node.inputs[0])
      const added = pad && (await zeroBorder(pad, edit, work.weights))
      if (!added || splitTensor(node.inputs[0]).output !== 0) continue
      const [value] = pad.inputs
      const paddings: Attribute = {
        kind: 'list',
        items: own.map((size, i) => ({ kind: 'int', value: size + added[i] })),
      }
      edit.replace(node, {
        ...node,
        inputs: [value, ...node.inputs.slice(1)],
        attributes: {
          ...node.attributes,
          padding: { kind: 'string', value: 'EXPLICIT' },
          explicit_paddings: paddings,
        },
      })
    }
    return edit.apply()
  },
}

/** Before and after each of the four dimensions; null for other ops and where the padding follows the input's size. */
function ownPadding(node: GraphNode): readonly number[] | null {
  if (!isConvolution2D(node.op) || !isFloatChannelsLast(node)) return null
  const padding = stringAttribute(node, 'padding', '')
  if (padding === 'VALID') return [0, 0, 0, 0, 0, 0, 0, 0]
  const explicit = intsAttribute(node, 'explicit_paddings', [])
  return padding === 'EXPLICIT' && explicit.length === 8 ? explicit : null
}

/** The same eight sizes of a Pad with zeros round height and width only. */
async function zeroBorder(pad: GraphNode, edit: Edit, weights: WeightStore): Promise<readonly number[] | null> {
  if (pad.op !== 'Pad' && pad.op !== 'PadV2') return null
  const sizes = constantValues(edit.index, pad.inputs.at(1))
  if (sizes?.length !== 8 || sizes.some((size, i) => size < 0 || (size > 0 && (i < 2 || i > 5)))) return null
  if (pad.op === 'Pad') return sizes
  const border = constantBehind(edit.index, pad.inputs.at(2))
  return border?.dtype === 'float32' && (await floatsOf(weights, border)).every((value) => value === 0) ? sizes : null
}
