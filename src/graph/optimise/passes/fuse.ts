import { dtypeAttribute, floatAttribute } from '../../lookup/attributes'
import { tensorName } from '../../lookup/names'
import { opOf } from '../../ops'
import type { Attribute, Attributes, GraphNode, WeightInfo } from '../../types'
import { constantBehind, sizeOf } from '../constant'
import { derivedFloats } from '../derived'
import { Edit } from '../edit'
import { linearOp, type LinearOp } from '../linear-op'
import type { Pass } from '../types'

/** Makes convolution or product, bias and activation one operation. A tensor that is fetched or taken twice stays. */
export const fuse: Pass = {
  name: 'fuse bias and activation',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      const op = fusedAs(node) === undefined ? null : linearOp(node, edit.index)
      if (op) fuseAfter(op, edit)
    }
    return edit.apply()
  },
}

const fusedAs = ({ op }: GraphNode): string | undefined => opOf(op)?.layer?.fusedAs

function fuseAfter(op: LinearOp, edit: Edit): void {
  const bias = op.bias ? null : biasAfter(op, edit)
  const biased = bias?.node ?? op.node
  const activation = activationAfter(tensorName(biased.name), op, edit)
  const last = activation?.node ?? biased
  if (last === op.node) return
  const zeros = op.bias || bias ? null : edit.addConstant(`${op.node.name}/no_bias`, zeroBias(op.channels))
  const [input, kernel, ...own] = op.node.inputs
  const constant = bias?.tensor ?? zeros?.tensor
  const more = [...own, ...(constant === undefined ? [] : [constant]), ...(activation?.alpha ?? [])]
  const fused: GraphNode = {
    name: last.name,
    op: fusedAs(op.node) ?? op.node.op,
    inputs: [input, kernel, ...more],
    controlInputs: [...new Set([op.node, biased, last].flatMap((node) => node.controlInputs))],
    attributes: {
      ...withDilations(op.node),
      fused_ops: strings(['BiasAdd', ...(activation ? [activation.node.op] : [])]),
      num_args: { kind: 'int', value: more.length },
      epsilon: { kind: 'float', value: 0 },
      leakyrelu_alpha: { kind: 'float', value: activation ? floatAttribute(activation.node, 'alpha', 0.2) : 0.2 },
    },
  }
  for (const node of new Set([op.node, biased, last])) edit.replace(node)
  edit.replace(last, ...(zeros ? [zeros.node] : []), fused)
}

interface Bias {
  readonly node: GraphNode
  readonly tensor: string
}

function biasAfter({ output, channels }: LinearOp, edit: Edit): Bias | null {
  const node = edit.onlyTaker(output)
  if (node?.op !== 'BiasAdd' || node.inputs[0] !== output || dtypeAttribute(node, 'T', 'float32') !== 'float32')
    return null
  const bias = constantBehind(edit.index, node.inputs.at(1))
  return bias && isVector(bias, channels) ? { node, tensor: node.inputs[1] } : null
}

interface Activation {
  readonly node: GraphNode
  /** The further input of a PReLU. */
  readonly alpha: readonly string[]
}

function activationAfter(tensor: string, { node: linear, channels }: LinearOp, edit: Edit): Activation | null {
  const node = edit.onlyTaker(tensor)
  if (!node || opOf(node.op)?.fusible !== true || node.inputs[0] !== tensor) return null
  // tfjs-converter does not read the slope that is fused into a depthwise convolution.
  if (node.op === 'LeakyRelu' && fusedAs(linear) === 'FusedDepthwiseConv2dNative') return null
  if (dtypeAttribute(node, 'T', 'float32') !== 'float32') return null
  if (node.op !== 'Prelu') return { node, alpha: [] }
  const alpha = constantBehind(edit.index, node.inputs.at(1))
  return alpha && isVector(alpha, channels) ? { node, alpha: [node.inputs[1]] } : null
}

/** Whether a constant is one number a channel, and nothing else. */
function isVector({ dtype, shape }: WeightInfo, channels: number): boolean {
  return dtype === 'float32' && shape.at(-1) === channels && sizeOf(shape) === channels && shape.length <= 3
}

const zeroBias = (channels: number) => derivedFloats([channels], () => new Float32Array(channels))

/** Graphs frozen long ago do not say that nothing is dilated; the fused ops of tfjs need it said. */
function withDilations({ op, attributes }: GraphNode): Attributes {
  if (op.endsWith('MatMul')) return attributes
  const dilations = attributes.dilations ?? {
    kind: 'list',
    items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })),
  }
  return { ...attributes, dilations }
}

const strings = (values: readonly string[]): Attribute => ({
  kind: 'list',
  items: values.map((value) => ({ kind: 'string', value })),
})
