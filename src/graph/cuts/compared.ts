import { featureLength } from '../graft/graft'
import { indexGraph, producer, type GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { topologicalOrder } from '../lookup/order'
import { opOf } from '../ops'
import { outputCount } from '../op-tables/ops'

import { findPatterns } from '../patterns'
import type { Graph, TensorInfo } from '../types'
import type { CutAnalysis } from './analyse'
import { isPooled } from './suggest/shapes'

/** The most cuts that are compared: so many fetched in one pass cost little more than the last one alone. */
export const mostCompared = 25

/** A row of more features than this takes long to train on and much room, and says little more. */
const mostFeatures = 8192

/** The cuts next to the last are told apart finely; of more than `mostCompared` those before are thinned out. */
const finely = 5

/**
 * Cuts worth comparing, in the order of the data: the tensors that all paths go through where blocks and layers end, up
 * to the suggested cut, which is the last. Nothing that is fused into the operation before it when the graph is
 * optimised lies between, so that fetching them changes nothing of how the network is computed. Of several that give the
 * same features when they are pooled there is one.
 */
export function cutsToCompare(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  { verdicts, suggested }: CutAnalysis,
  most = mostCompared,
): string[] {
  if (suggested === null) return []
  const index = indexGraph(graph)
  const inside = insidePatterns(index)
  const lengthOf = (tensor: string): number | null => featureLength(infos, [tensor], graph)
  const isEnd = (tensor: string): boolean => {
    const length = lengthOf(tensor)
    return length !== null && length <= mostFeatures && !inside.has(tensor) && !isGoneOnWith(index, tensor)
  }
  const chain = topologicalOrder(graph)
    .flatMap((node) => Array.from({ length: outputCount(node) }, (_, output) => tensorName(node.name, output)))
    .filter((tensor) => verdicts.get(tensor)?.recommended)
  const last = chain.indexOf(suggested)
  const ends = (last < 0 ? chain : chain.slice(0, last)).filter(isEnd)
  const kept: string[] = []
  for (const tensor of [...ends, suggested]) {
    const source = pooledFrom(index, infos, tensor)
    const before = kept.at(-1)
    if (before !== undefined && source.has(before) && lengthOf(before) === lengthOf(tensor)) {
      if (tensor === suggested) kept.pop()
      else continue
    }
    kept.push(tensor)
  }
  return thinned(kept, most)
}

/** Tensors made within patterns, but for those that leave them. */
function insidePatterns(index: GraphIndex): ReadonlySet<string> {
  const inside = new Set<string>()
  for (const { nodes, output } of findPatterns(index)) {
    for (const name of nodes) {
      const node = index.nodes.get(name)
      for (let at = 0; node && at < outputCount(node); at++) inside.add(tensorName(name, at))
    }
    inside.delete(output)
  }
  return inside
}

/** Whether a tensor is only the beginning of something: all that takes it changes each of its numbers by itself. */
function isGoneOnWith({ uses }: GraphIndex, tensor: string): boolean {
  const takers = uses.get(tensor) ?? []
  if (takers.length !== 1) return false
  const [{ node, input }] = takers
  const { category } = opOf(node.op) ?? {}
  return input === 0 && (category === 'activation' || category === 'normalisation' || node.op === 'BiasAdd')
}

const forms: ReadonlySet<string> = new Set(['Reshape', 'Squeeze', 'ExpandDims', 'Flatten'])
const means: ReadonlySet<string> = new Set(['Mean', 'AvgPool'])

/** The tensors whose features are those of this one: it is they in another form, or their mean. */
function pooledFrom(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, tensor: string): ReadonlySet<string> {
  const found = new Set<string>()
  let at = tensor
  for (let node = producer(index, at); node && !found.has(at); node = producer(index, at)) {
    found.add(at)
    const isForm = forms.has(node.op) || opOf(node.op)?.handsOn === true
    const isMean = means.has(node.op) && isPooled(infos.get(at)?.shape ?? null)
    if (!isForm && !isMean) break
    at = node.inputs[0]
  }
  return found
}

/** The last ones, and of those before as many as fit, evenly. */
function thinned(tensors: readonly string[], most: number): string[] {
  if (tensors.length <= most) return [...tensors]
  const late = Math.min(finely, most)
  const early = tensors.slice(0, -late)
  const wanted = most - late
  const places = Array.from({ length: wanted }, (_, at) =>
    Math.round((at * (early.length - 1)) / Math.max(1, wanted - 1)),
  )
  return [...new Set(places)].map((place) => early[place]).concat(tensors.slice(-late))
}
