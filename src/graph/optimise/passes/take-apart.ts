import { floatAttribute, stringsAttribute } from '../../lookup/attributes'
import { tensorName } from '../../lookup/names'
import { opOf } from '../../ops'
import { inferShapes } from '../../shapes'
import type { Attribute, Attributes, GraphNode } from '../../types'
import { constantBehind, sizeOf } from '../constant'
import { derivedFloats, reshapedFloats } from '../derived'
import { Edit } from '../edit'
import { withoutStoredShapes } from '../attributes'
import type { Pass } from '../types'

/** Activations that no backend fuses, by the operation that they are alone. */
const apart: ReadonlyMap<string, string> = new Map([['Tanh', 'Tanh']])

/**
 * Brings fused operations of TensorFlow's newer rewriters to what TensorFlow.js can run: a bias `[1, 1, 1, channels]`
 * becomes `[channels]`, and an activation that is fused in but that no backend fuses (hard swish, x · relu6(x + 3) / 6, and
 * tanh) follows in operations of its own. A
 * convolution with as many groups as channels, which shows only in the kernel's shape, becomes a depthwise one.
 * Source: tensorflow/core/grappler/optimizers/remapper.cc, https://github.com/tensorflow/tensorflow.
 */
export const takeApart: Pass = {
  name: 'take apart what TensorFlow.js cannot fuse',
  run(work) {
    const edit = new Edit(work)
    let infos: ReturnType<typeof inferShapes> | undefined
    const channelsOf = (tensor: string): number | null => {
      infos ??= inferShapes(work.graph)
      return infos.get(tensor)?.shape?.at(3) ?? null
    }
    for (const node of work.graph.nodes) {
      const depthwise = asDepthwise(node, channelsOf, edit)
      const current = depthwise?.node ?? node
      const flat = opOf(current.op)?.layer?.fusedAs === current.op ? withFlatBias(current, edit) : null
      const parts = withoutActivation(flat?.node ?? current, edit)
      const constants = [depthwise, flat].flatMap((change) => change?.constant ?? [])
      if (constants.length > 0 || parts.length > 1) edit.replace(node, ...constants, ...parts)
    }
    return edit.apply()
  },
}

/** A node with a new constant among its inputs. */
interface NodeWithConstant {
  readonly node: GraphNode
  readonly constant: GraphNode
}

/** Output channels stand by groups in both kernels, so that their values are the same ones in the same order. */
function asDepthwise(
  node: GraphNode,
  channelsOf: (tensor: string) => number | null,
  edit: Edit,
): NodeWithConstant | null {
  const op = opOf(node.op)?.layer?.depthwise
  const kernel = op === undefined ? undefined : constantBehind(edit.index, node.inputs.at(1))
  if (op === undefined || kernel?.dtype !== 'float32' || kernel.shape.length !== 4 || kernel.shape[2] !== 1) return null
  const [height, width, , filters] = kernel.shape
  const channels = channelsOf(node.inputs[0])
  if (channels === null || channels < 2 || filters % channels !== 0) return null
  const own = edit.addConstant(
    `${node.name}/depthwise_kernel`,
    reshapedFloats([height, width, channels, filters / channels], kernel),
  )
  return { node: { ...node, op, inputs: node.inputs.with(1, own.tensor) }, constant: own.node }
}

function withFlatBias(node: GraphNode, edit: Edit): NodeWithConstant | null {
  const bias = constantBehind(edit.index, node.inputs.at(2))
  if (bias?.dtype !== 'float32' || bias.shape.length < 2 || bias.shape.at(-1) !== sizeOf(bias.shape)) return null
  const flat = edit.addConstant(`${node.name}/bias`, reshapedFloats([sizeOf(bias.shape)], bias))
  return { node: { ...node, inputs: node.inputs.with(2, flat.tensor) }, constant: flat.node }
}

/** The operation without the activation that cannot be fused, and what makes up for it, the last under the operation's own name. */
function withoutActivation(node: GraphNode, edit: Edit): readonly [GraphNode, ...GraphNode[]] {
  const activation = stringsAttribute(node, 'fused_ops', []).at(-1) ?? ''
  if (activation === '_FusedHardSwish') return withoutHardSwish(node, edit)
  // tfjs-converter does not read the slope that is fused into a depthwise convolution.
  const isLeaky = activation === 'LeakyRelu' && node.op === 'FusedDepthwiseConv2dNative'
  const op = isLeaky ? 'LeakyRelu' : apart.get(activation)
  if (op === undefined) return [node]
  const linear = linearPart(node, `${node.name}/linear`)
  const alpha: Attribute = { kind: 'float', value: floatAttribute(node, 'leakyrelu_alpha', 0.2) }
  const attributes: Attributes = { T: { kind: 'dtype', value: 'float32' }, ...(isLeaky && { alpha }) }
  return [linear, { name: node.name, op, inputs: [tensorName(linear.name)], controlInputs: [], attributes }]
}

/** The operation under another name, without the last of what is fused into it. */
function linearPart(node: GraphNode, name: string): GraphNode {
  const fused = stringsAttribute(node, 'fused_ops', []).slice(0, -1)
  const items = fused.map((value): Attribute => ({ kind: 'string', value }))
  return { ...node, name, attributes: { ...withoutStoredShapes(node.attributes), fused_ops: { kind: 'list', items } } }
}

function withoutHardSwish(node: GraphNode, edit: Edit): readonly [GraphNode, ...GraphNode[]] {
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
  const linear = linearPart(node, named('x'))
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
