import { stringsAttribute } from '../attributes'
import { tensorName } from '../names'
import { inferShapes } from '../shapes'
import type { GraphNode, WeightInfo } from '../types'
import { constantBehind, sizeOf } from './constant'
import { derivedFloats } from './derived'
import { Edit } from './edit'
import type { Pass } from './types'

const fusedOps = new Set('_FusedConv2D FusedDepthwiseConv2dNative _FusedMatMul'.split(' '))

/** Convolutions by what they are where each channel has kernels of its own. */
const depthwiseOps: Partial<Record<string, string>> = {
  Conv2D: 'DepthwiseConv2dNative',
  _FusedConv2D: 'FusedDepthwiseConv2dNative',
}

/**
 * Brings fused operations of TensorFlow's newer rewriters to what TensorFlow.js can run: a bias `[1, 1, 1, channels]`
 * becomes `[channels]`, and a hard swish that is fused in, x · relu6(x + 3) / 6, follows in operations of its own. A
 * convolution with as many groups as channels, which shows only in the kernel's shape, becomes a depthwise one.
 * Source: tensorflow/core/grappler/optimizers/remapper.cc, https://github.com/tensorflow/tensorflow.
 */
export const takeApart: Pass = {
  name: 'take apart what TensorFlow.js cannot fuse',
  run(work) {
    const edit = new Edit(work)
    let shapes: ReturnType<typeof inferShapes> | undefined
    for (const given of work.graph.nodes) {
      let node = given
      const kernel = depthwiseOps[node.op] === undefined ? undefined : constantBehind(edit.index, node.inputs.at(1))
      if (kernel?.dtype === 'float32' && kernel.shape.length === 4 && kernel.shape[2] === 1) {
        shapes ??= inferShapes(work.graph)
        const grouped = asDepthwise(node, kernel, shapes.get(node.inputs[0])?.shape?.at(3) ?? null, edit)
        if (grouped) {
          node = grouped.node
          edit.replace(given, grouped.constant, node)
        }
      }
      if (!fusedOps.has(node.op) || node !== given) continue
      const flat = withFlatBias(node, edit)
      const [linear, ...after] = withoutHardSwish(flat?.node ?? node, edit)
      if (flat || after.length > 0) edit.replace(node, ...(flat?.constants ?? []), linear, ...after)
    }
    return edit.apply()
  },
}

/** Output channels stand by groups in both kernels, so that their values are the same ones in the same order. */
function asDepthwise(
  node: GraphNode,
  kernel: WeightInfo,
  channels: number | null,
  edit: Edit,
): { node: GraphNode; constant: GraphNode } | null {
  const [height, width, , filters] = kernel.shape
  if (channels === null || channels < 2 || filters % channels !== 0) return null
  const own = edit.addConstant(
    `${node.name}/depthwise_kernel`,
    derivedFloats([height, width, channels, filters / channels], (weights) => weights.values(kernel.id)),
  )
  return {
    node: { ...node, op: depthwiseOps[node.op] ?? node.op, inputs: node.inputs.with(1, own.tensor) },
    constant: own.node,
  }
}

function withFlatBias(node: GraphNode, edit: Edit): { node: GraphNode; constants: readonly GraphNode[] } | null {
  const bias = constantBehind(edit.index, node.inputs.at(2))
  if (bias?.dtype !== 'float32' || bias.shape.length < 2 || bias.shape.at(-1) !== sizeOf(bias.shape)) return null
  const flat = edit.addConstant(
    `${node.name}/bias`,
    derivedFloats([sizeOf(bias.shape)], (weights) => weights.values(bias.id)),
  )
  return { node: { ...node, inputs: node.inputs.with(2, flat.tensor) }, constants: [flat.node] }
}

/** The operation without its hard swish, and what makes up for it, the last under the operation's own name. */
function withoutHardSwish(node: GraphNode, edit: Edit): readonly [GraphNode, ...GraphNode[]] {
  const fused = stringsAttribute(node, 'fused_ops', [])
  if (fused.at(-1) !== '_FusedHardSwish') return [node]
  const named = (part: string): string => `${node.name}/hard_swish/${part}`
  const number = (part: string, value: number) =>
    edit.addConstant(
      named(part),
      derivedFloats([], () => Float32Array.of(value)),
    )
  const [three, sixth] = [number('three', 3), number('sixth', 1 / 6)]
  const op = (name: string, kind: string, ...inputs: string[]): GraphNode => ({
    name,
    op: kind,
    inputs,
    controlInputs: [],
    attributes: { T: { kind: 'dtype', value: 'float32' } },
  })
  const linear: GraphNode = {
    ...node,
    name: named('x'),
    attributes: {
      ...node.attributes,
      fused_ops: { kind: 'list', items: fused.slice(0, -1).map((value) => ({ kind: 'string', value })) },
    },
  }
  const x = tensorName(linear.name)
  return [
    linear,
    three.node,
    sixth.node,
    op(named('add'), 'AddV2', x, three.tensor),
    op(named('relu6'), 'Relu6', tensorName(named('add'))),
    op(named('gate'), 'Mul', tensorName(named('relu6')), sixth.tensor),
    op(node.name, 'Mul', x, tensorName(named('gate'))),
  ]
}
