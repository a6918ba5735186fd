import { tensorName } from '../../lookup/names'
import { inferShapes } from '../../shapes'
import type { GraphNode, WeightInfo } from '../../types'
import { constantBehind } from '../constant'
import { derivedFloats } from '../derived'
import { Edit } from '../edit'
import { isFloatChannelsLast } from '../linear-op'
import { int, withoutStoredShapes } from '../attributes'
import { intConstant } from '../parts'
import type { Pass } from '../types'

/**
 * Makes a convolution in groups, which shows only in the kernel's shape, one convolution for each group: TensorFlow.js
 * has none in groups. Those with as many groups as channels are depthwise, and `takeApart` makes them so.
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn/conv2d (`filters`).
 */
export const splitGroups: Pass = {
  name: 'split convolutions by groups',
  run(work) {
    const edit = new Edit(work)
    let infos: ReturnType<typeof inferShapes> | undefined
    for (const node of work.graph.nodes) {
      if ((node.op !== 'Conv2D' && node.op !== '_FusedConv2D') || !isFloatChannelsLast(node)) continue
      const kernel = constantBehind(edit.index, node.inputs.at(1))
      if (kernel?.dtype !== 'float32' || kernel.shape.length !== 4 || kernel.shape[2] < 2) continue
      infos ??= inferShapes(work.graph)
      const groups = (infos.get(node.inputs[0])?.shape?.at(3) ?? 0) / kernel.shape[2]
      if (groups < 2 || !Number.isInteger(groups) || kernel.shape[3] % groups !== 0) continue
      const parts = byGroups(node, kernel, groups, edit)
      if (parts) edit.replace(node, ...parts)
    }
    return edit.apply()
  },
}

/** null where more than a constant bias is taken beside the kernel. */
function byGroups(node: GraphNode, kernel: WeightInfo, groups: number, edit: Edit): readonly GraphNode[] | null {
  const [input, , ...more] = node.inputs
  const bias = constantBehind(edit.index, more.at(0))
  const hasBias = bias?.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === kernel.shape[3]
  if (more.length > 1 || (more.length === 1 && !hasBias)) return null
  const axis = intConstant(edit, `${node.name}/groups/axis`, 3, [])
  const { T } = node.attributes
  const type = T ? { T } : {}
  const split: GraphNode = {
    name: `${node.name}/groups`,
    op: 'Split',
    inputs: [axis.tensor, input],
    controlInputs: node.controlInputs,
    attributes: { ...type, num_split: int(groups) },
  }
  const [height, width, channels, filters] = kernel.shape
  const each = filters / groups
  const parts = Array.from({ length: groups }, (_, group) => {
    const name = `${node.name}/group_${group}`
    const own = [
      edit.addConstant(
        `${name}/kernel`,
        derivedFloats([height, width, channels, each], async (weights) =>
          lastDimension(await weights.values(kernel.id), filters, group * each, each),
        ),
      ),
      ...(bias
        ? [
            edit.addConstant(
              `${name}/bias`,
              derivedFloats([each], async (weights) =>
                lastDimension(await weights.values(bias.id), filters, group * each, each),
              ),
            ),
          ]
        : []),
    ]
    const conv: GraphNode = {
      ...node,
      name,
      inputs: [tensorName(split.name, group), ...own.map(({ tensor }) => tensor)],
      controlInputs: [],
      attributes: withoutStoredShapes(node.attributes),
    }
    return { conv, constants: own.map((constant) => constant.node) }
  })
  const joined: GraphNode = {
    name: node.name,
    op: 'ConcatV2',
    inputs: [...parts.map(({ conv }) => tensorName(conv.name)), axis.tensor],
    controlInputs: [],
    attributes: { ...type, N: int(groups), Tidx: { kind: 'dtype', value: 'int32' } },
  }
  return [axis.node, split, ...parts.flatMap(({ conv, constants }) => [...constants, conv]), joined]
}

/** `count` values from `start` on in each row of `length`. */
function lastDimension(values: ArrayLike<unknown>, length: number, start: number, count: number): Float32Array {
  const rows = values.length / length
  return Float32Array.from({ length: rows * count }, (_, at) =>
    Number(values[Math.floor(at / count) * length + start + (at % count)]),
  )
}
