import { intsAttribute, stringAttribute, stringsAttribute } from '../lookup/attributes'
import { producer, type GraphIndex } from '../lookup/graph-index'
import { opOf } from '../ops'
import { inputName, opCategory } from './ops'
import { shapeText, wholeShapeText } from './shape-text'
import type { GraphNode, Shape, WeightInfo } from '../types'

/** Without the package of an operation of somebody's own: `Keras>Lambda` is a Lambda. */
const plainName = (op: string): string => opOf(op)?.title ?? op.slice(op.lastIndexOf('>') + 1)

/** An op as people read it, with the activation fused into it: `Conv2D · ReLU6`. */
export function opTitle(node: GraphNode): string {
  const fused = stringsAttribute(node, 'fused_ops', []).filter((op) => op !== 'BiasAdd' && op !== 'NoOp')
  return [node.op, ...fused].map(plainName).join(' · ')
}

/** The label of a run of operations with op names as people read them. */
export function runTitle(label: string): string {
  return label.split(' … ').map(plainName).join(' … ')
}

/** A tensor's shape without the batch, or the whole one of what is a weight or passes one on. */
export function tensorShapeText(tensor: string, shape: Shape | null | undefined, index: GraphIndex): string {
  return shape && weightBehind(tensor, index) ? wholeShapeText(shape) : shapeText(shape)
}

/** What a convolution, pooling or matrix product does in brief: `3×3 · stride 2 · 32`; '' for other ops. */
export function brief(node: GraphNode, index: GraphIndex): string {
  const category = opCategory(node.op)
  if (category !== 'convolution' && category !== 'pool' && category !== 'matmul') return ''
  const kernel = kernelOf(node, index)
  if (category === 'matmul') return kernel?.shape.length === 2 ? kernel.shape.join(' → ') : ''
  const spatial = stringAttribute(node, 'data_format', 'NHWC') === 'NCHW' ? [2, 3] : [1, 2]
  const pick = (values: readonly number[]) => spatial.map((axis) => values.at(axis) ?? 1)
  const window = category === 'pool' ? pick(intsAttribute(node, 'ksize', [])) : kernel?.shape.slice(0, 2)
  const strides = pick(intsAttribute(node, 'strides', []))
  const dilations = pick(intsAttribute(node, 'dilations', []))
  return [
    window?.join('×'),
    strides.some((stride) => stride > 1) && `stride ${uniform(strides)}`,
    dilations.some((dilation) => dilation > 1) && `dilation ${uniform(dilations)}`,
    category === 'convolution' && kernel && channels(node.op, kernel.shape),
  ]
    .filter(Boolean)
    .join(' · ')
}

const uniform = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? String(values[0]) : values.join('×')

/** Output channels from a kernel `[height, width, in, out]`, or depthwise `[height, width, in, multiplier]`. */
function channels(op: string, shape: readonly number[]): string {
  const [, , into = 1, out = 1] = shape
  if (/backprop/i.test(op)) return String(into)
  return String(/depthwise/i.test(op) ? into * out : out)
}

/** More weights than this are not written on a box. */
const mostWeights = 2

/**
 * What stands on an operation's box under its title: what it does in brief, and the shapes of its weights
 * (`kernel 3×3×3×32`), the first ones.
 */
export function nodeLines(node: GraphNode, index: GraphIndex): readonly string[] {
  return [brief(node, index), ...weightLines(node, index)].filter(Boolean)
}

/** The shapes of an operation's weights, the first ones. */
export function weightLines(node: GraphNode, index: GraphIndex): readonly string[] {
  const weights = node.inputs.flatMap((tensor, position) => {
    const weight = weightBehind(tensor, index)
    if (!weight || weight.shape.length === 0 || weight.small) return []
    return [`${inputName(node, position) ?? 'weight'} ${weight.shape.join('×')}`]
  })
  return weights.slice(0, mostWeights)
}

/** The weight that a node takes as its second input, if that is one. */
function kernelOf(node: GraphNode, index: GraphIndex): WeightInfo | undefined {
  return weightBehind(node.inputs.at(1), index)
}

/** The weight a tensor stands for, looked up through what only passes it on. */
export function weightBehind(tensor: string | undefined, index: GraphIndex): WeightInfo | undefined {
  let current = tensor
  for (let step = 0; step < 8 && current !== undefined; step++) {
    const node = producer(index, current)
    if (!node) return undefined
    if (node.weight !== undefined) return index.graph.weights.get(node.weight)
    if (node.op !== 'Identity' && node.op !== 'ReadVariableOp') return undefined
    current = node.inputs.at(0)
  }
  return undefined
}
