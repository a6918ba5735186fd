import { CutpointError } from '../../errors'
import { indexGraph, type GraphIndex } from './graph-index'
import { splitTensor } from './names'
import { nearestNames } from './nearest'
import { scopesOf } from './scopes'
import type { Attribute, Attributes, FunctionGraph, Graph, GraphNode, SignatureEntry, TensorInfo } from '../types'

/** Names of the nodes that `tensors` depend on by data or control, with the tensors' own. */
export function ancestors(index: GraphIndex, tensors: readonly string[]): Set<string> {
  const found = new Set<string>()
  const open = tensors.map((tensor) => splitTensor(tensor).node)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = index.nodes.get(name)
    if (!node || found.has(name)) continue
    found.add(name)
    for (const tensor of node.inputs) open.push(splitTensor(tensor).node)
    for (const before of node.controlInputs) open.push(before)
  }
  return found
}

/**
 * The part of a graph that `fetches` depend on, in the original order. Its signature's outputs are the fetches (with
 * what `infos` say of them), its inputs those that are left, and only weights, functions and scopes in use are kept.
 * Throws CutpointError `no-such-tensor`.
 */
export function trunk(
  graph: Graph,
  fetches: readonly string[],
  infos: ReadonlyMap<string, TensorInfo> = new Map(),
): Graph {
  const index = indexGraph(graph)
  for (const tensor of fetches) requireNode(index, tensor)
  const kept = ancestors(index, fetches)
  const nodes = graph.nodes.filter((node) => kept.has(node.name))
  const functions = functionsUsed(graph.functions, nodes)
  const weights = new Set([...nodes, ...functions.flatMap((each) => each.nodes)].map((node) => node.weight))
  const scopes = new Set(nodes.flatMap((node) => scopesOf(node.name)))
  return {
    nodes,
    weights: new Map([...graph.weights].filter(([id]) => weights.has(id))),
    inputs: graph.inputs.filter((input) => kept.has(splitTensor(input.tensor).node)),
    outputs: fetches.map((tensor) => outputEntry(graph, tensor, infos)),
    functions,
    scopes: new Map([...graph.scopes].filter(([path]) => scopes.has(path))),
  }
}

function requireNode(index: GraphIndex, tensor: string): void {
  if (index.nodes.has(splitTensor(tensor).node)) return
  const nearest = nearestNames(tensor, index.nodes.keys())
  throw new CutpointError(
    'no-such-tensor',
    `There is no tensor “${tensor}” in this graph.`,
    nearest.length > 0 ? `Did you mean “${nearest.join('” or “')}”?` : 'Choose a tensor from the list.',
    { tensor, nearest },
  )
}

function outputEntry(graph: Graph, tensor: string, infos: ReadonlyMap<string, TensorInfo>): SignatureEntry {
  const known = graph.outputs.find((output) => output.tensor === tensor)
  const { dtype, shape } = infos.get(tensor) ?? { dtype: 'unknown', shape: null }
  return known ?? { key: tensor, tensor, dtype, shape }
}

/** The functions that nodes refer to, and those that these refer to, in the original order. */
function functionsUsed(functions: readonly FunctionGraph[], nodes: readonly GraphNode[]): FunctionGraph[] {
  const byName = new Map(functions.map((each) => [each.name, each]))
  const used = new Set<FunctionGraph>()
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    for (const name of functionNames(node)) {
      const called = byName.get(name)
      if (!called || used.has(called)) continue
      used.add(called)
      for (const inner of called.nodes) open.push(inner)
    }
  }
  return functions.filter((each) => used.has(each))
}

/** Functions a node calls: those in its attributes, or the op itself, which old graphs write for a call. */
function functionNames(node: GraphNode): string[] {
  const names = [node.op]
  const open = valuesOf(node.attributes)
  for (let attribute = open.pop(); attribute; attribute = open.pop()) {
    if (attribute.kind === 'function') {
      names.push(attribute.name)
      for (const value of valuesOf(attribute.attributes)) open.push(value)
    }
    if (attribute.kind === 'list') for (const item of attribute.items) open.push(item)
  }
  return names
}

function valuesOf(attributes: Attributes): Attribute[] {
  return Object.values(attributes).filter((attribute) => attribute !== undefined)
}
