import { boolAttribute, floatAttribute, stringAttribute } from '../lookup/attributes'
import { constantValues } from '../lookup/constants'
import { indexGraph, producer, type GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { opOf } from '../ops'
import type { Attributes, Graph, GraphNode } from '../types'
import { uniqueName } from '../lookup/unique-name'
import { constantNode, floatWeight, intWeight, type NewWeight, type NewWeights } from '../lookup/weights'

/**
 * Spells out the layer normalisation of Keras 2, a batch norm in training on values reshaped to `[1, rows, length, 1]`:
 * each row by its own mean and variance. That mixes no pictures, and runs where batch norms in training do not. A graph
 * without it comes back as it is. Source: `LayerNormalization.call` in tf-keras, `layers/normalization`.
 */
export function spellOutLayerNorms(graph: Graph): { readonly graph: Graph; readonly weights: NewWeights } {
  const index = indexGraph(graph)
  const weights = new Map<string, NewWeight>()
  const nodes = graph.nodes.flatMap((node) => (isLayerNorm(index, node) ? spelledOut(index, node, weights) : [node]))
  if (weights.size === 0) return { graph, weights }
  const infos = [...weights].map(([id, { info }]) => [id, info] as const)
  return { graph: { ...graph, nodes, weights: new Map([...graph.weights, ...infos]) }, weights }
}

function isLayerNorm(index: GraphIndex, node: GraphNode): boolean {
  if (opOf(node.op)?.norm?.trains !== true || !boolAttribute(node, 'is_training', true)) return false
  if (stringAttribute(node, 'data_format', 'NHWC') !== 'NCHW' || node.inputs.length < 3) return false
  const reshape = producer(index, node.inputs[0])
  const takesMore = [1, 2, 3, 4, 5].some((output) => index.uses.has(tensorName(node.name, output)))
  return reshape?.op === 'Reshape' && !takesMore && firstSize(index, reshape.inputs.at(1)) === 1
}

/** The first size of a shape that is a constant, or packed from several. */
function firstSize(index: GraphIndex, shape: string | undefined): number | undefined {
  const node = shape === undefined ? undefined : producer(index, shape)
  return constantValues(index, node?.op === 'Pack' ? node.inputs.at(0) : shape)?.at(0)
}

/** (x − mean) · rsqrt(variance + ε) · scale + offset, mean and variance over the last two dimensions. */
function spelledOut(index: GraphIndex, node: GraphNode, weights: Map<string, NewWeight>): GraphNode[] {
  const [x, scale, offset] = node.inputs
  const made: GraphNode[] = []
  const { T } = node.attributes
  const named = (part: string): string =>
    uniqueName(`${node.name}/${part}`, (name) => index.nodes.has(name) || weights.has(name))
  const add = (each: GraphNode): string => {
    made.push(each)
    return tensorName(each.name)
  }
  const constant = (weight: NewWeight): string => {
    weights.set(weight.info.id, weight)
    return add(constantNode(weight))
  }
  const op = (kind: string, part: string, inputs: readonly string[], attributes: Attributes = {}): string =>
    add({ name: named(part), op: kind, inputs, controlInputs: [], attributes: { T, ...attributes } })
  const axes = constant(intWeight(named('axes'), [2, 3]))
  const rows = constant(intWeight(named('rows'), [1, -1, 1, 1]))
  const epsilon = constant(floatWeight(named('epsilon'), Float32Array.of(floatAttribute(node, 'epsilon', 1e-4)), []))
  const keep: Attributes = { keep_dims: { kind: 'bool', value: true } }
  const mean = op('Mean', 'mean', [x, axes], keep)
  const variance = op('Mean', 'variance', [op('SquaredDifference', 'squares', [x, mean]), axes], keep)
  const root = op('Rsqrt', 'rsqrt', [op('AddV2', 'add_epsilon', [variance, epsilon])])
  const normal = op('Mul', 'normal', [op('Sub', 'centred', [x, mean]), root])
  const scaled = op('Mul', 'scaled', [normal, op('Reshape', 'scale', [scale, rows])])
  const shift = op('Reshape', 'offset', [offset, rows])
  add({ ...node, op: 'AddV2', inputs: [scaled, shift], attributes: { T } })
  return made
}
