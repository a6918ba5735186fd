import { splitTensor } from '../lookup/names'
import { opOf } from '../ops'
import type { Attribute, Graph, GraphNode } from '../types'
import { uniqueName } from '../lookup/unique-name'
import { table } from '../table'

/** The nodes that a node of an old op becomes; the last has its name. `name` gives names under its own. */
type Rewrite = (node: GraphNode, name: (part: string) => string) => readonly GraphNode[]

/**
 * The same graph in the ops that are used today: old files hold ops that TensorFlow has replaced since, and checks that
 * compute nothing. Every node keeps its name and what it computes; what an op is taken apart into stands under that name.
 * A graph without such ops comes back as it is.
 */
export function modernise(graph: Graph): Graph {
  const ops = new Map(graph.nodes.map((node) => [node.name, node.op]))
  const nodes = graph.nodes.map((node) => (passesOn(node, ops) ? { ...node, op: 'Identity' } : node))
  const old = nodes.some((node, i) => node !== graph.nodes[i] || isOld(node))
  const oldBodies = graph.functions.some(({ nodes }) => nodes.some((node) => opOf(node.op)?.today !== undefined))
  if (!old && !oldBodies) return graph
  const names = new Set(ops.keys())
  return {
    ...graph,
    nodes: nodes.flatMap((node) => modern(node, names)),
    // Tensors of bodies are called by the names of outputs, which stay the same only for ops that change their name.
    functions: oldBodies
      ? graph.functions.map((each) => ({ ...each, nodes: each.nodes.map((node) => newName(node) ?? node) }))
      : graph.functions,
  }
}

const isOld = ({ op }: GraphNode): boolean => opOf(op)?.today !== undefined || rewrites.has(op)

/**
 * Whether a placeholder only passes on what the graph works out, as the old retraining script puts one between network
 * and new layer. (TensorFlow.js hands the same tensor on for both, and then disposes of both.)
 */
function passesOn({ op, inputs }: GraphNode, ops: ReadonlyMap<string, string>): boolean {
  return op === 'PlaceholderWithDefault' && inputs.some((tensor) => ops.get(splitTensor(tensor).node) !== 'Const')
}

function modern(node: GraphNode, names: Set<string>): readonly GraphNode[] {
  const rewrite = rewrites.get(node.op)
  if (!rewrite) return [newName(node) ?? node]
  return rewrite(node, (part) => {
    const name = uniqueName(`${node.name}/${part}`, (taken) => names.has(taken))
    names.add(name)
    return name
  })
}

function newName(node: GraphNode): GraphNode | undefined {
  const named = opOf(node.op)?.today
  return named === undefined ? undefined : { ...node, op: named }
}

const rewrites = table<Rewrite>({
  BatchNormWithGlobalNormalization: batchNorm,
  Erfc: complementaryError,
  FusedPadConv2D: (node, name) => {
    const [input, paddings, filter] = node.inputs
    return paddedConvolution(node, name, { input, paddings, filter, before: [] })
  },
  FusedResizeAndPadConv2D: (node, name) => {
    const [image, size, paddings, filter] = node.inputs
    const resized: GraphNode = {
      ...node,
      name: name('ResizeBilinear'),
      op: 'ResizeBilinear',
      inputs: [image, size],
      attributes: { T: node.attributes.T, align_corners: node.attributes.resize_align_corners, half_pixel_centers: no },
    }
    return paddedConvolution(node, name, { input: `${resized.name}:0`, paddings, filter, before: [resized] })
  },
})

/** 1 − erf(x), which TensorFlow.js has no op for. */
function complementaryError(node: GraphNode, name: (part: string) => string): readonly GraphNode[] {
  const one: GraphNode = { ...node, name: name('ones'), op: 'OnesLike' }
  const erf: GraphNode = { ...node, name: name('Erf'), op: 'Erf' }
  return [one, erf, { ...node, op: 'Sub', inputs: [`${one.name}:0`, `${erf.name}:0`] }]
}

const no: Attribute = { kind: 'bool', value: false }

/**
 * (t − m) · rsqrt(v + variance_epsilon) · gamma + beta of inputs t, m, v, beta, gamma; without `scale_after_normalization`
 * gamma counts for nothing.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/kernels/batch_norm_op.h
 */
function batchNorm(node: GraphNode, name: (part: string) => string): readonly GraphNode[] {
  const { T, variance_epsilon: epsilon, scale_after_normalization: scale } = node.attributes
  const [input, mean, variance, beta, gamma] = node.inputs
  const scales = scale?.kind !== 'bool' || scale.value
  const ones: GraphNode = { ...node, name: name('ones'), op: 'OnesLike', inputs: [variance], attributes: { T } }
  const norm: GraphNode = {
    ...node,
    op: 'FusedBatchNorm',
    inputs: [input, scales ? gamma : `${ones.name}:0`, beta, mean, variance],
    attributes: { T, epsilon, is_training: no, data_format: { kind: 'string', value: 'NHWC' } },
  }
  return scales ? [norm] : [ones, norm]
}

/** https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/kernels/conv_ops_fused_image_transform.cc */
function paddedConvolution(
  node: GraphNode,
  name: (part: string) => string,
  given: { input: string; paddings: string; filter: string; before: readonly GraphNode[] },
): readonly GraphNode[] {
  const { T, mode, strides, padding } = node.attributes
  const padded: GraphNode = {
    ...node,
    name: name('MirrorPad'),
    op: 'MirrorPad',
    inputs: [given.input, given.paddings],
    attributes: { T, mode },
  }
  const convolution: GraphNode = {
    ...node,
    op: 'Conv2D',
    inputs: [`${padded.name}:0`, given.filter],
    attributes: {
      T,
      strides,
      padding,
      data_format: { kind: 'string', value: 'NHWC' },
      dilations: { kind: 'list', items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })) },
      explicit_paddings: { kind: 'list', items: [] },
    },
  }
  return [...given.before, padded, convolution]
}
