import { firstOutputs, linksOf } from '../../graph/lookup/links'
import type { GraphIndex } from '../../graph/lookup/graph-index'
import { splitTensor } from '../../graph/lookup/names'
import { nodeLines, opTitle } from '../../graph/op-tables/titles'
import type { GraphNode } from '../../graph/types'
import { attributeFacts } from '../describe/attributes'
import { sizesOf } from './shapes'
import type { ViewedModel } from '../viewed-model'
import type { SearchTexts } from './types'

/** Entries between two yields: a few milliseconds. */
const slice = 500
const known = new WeakMap<GraphIndex, SearchTexts>()

/** The texts of a graph, made once; yields now and then. */
export function* searchTexts({ index, grouping }: ViewedModel): Generator<void, SearchTexts> {
  const ready = known.get(index)
  if (ready) return ready
  const own = index.graph.nodes
  const further = furtherOutputs(index)
  yield
  const nodes = [...own, ...further.map(({ node }) => node)]
  const tensors = [...firstOutputs(own), ...further.map(({ tensor }) => tensor)]
  yield
  const texts: string[] = []
  const nameEnds = new Int32Array(nodes.length)
  for (const [i, node] of nodes.entries()) {
    const name = (i < own.length ? node.name : tensors[i]).toLowerCase()
    const title = grouping.nodes.get(node.name)?.title ?? ''
    nameEnds[i] = name.length
    texts.push(`${name}\n${knownOf(node, index)}\n${title}`.toLowerCase())
    if (i % slice === slice - 1) yield
  }
  const made = { nodes, tensors, texts, nameEnds }
  known.set(index, made)
  return made
}

/** Tensors beyond the first of their node that somebody takes, or that leave the graph. */
function furtherOutputs({ graph }: GraphIndex): { readonly node: GraphNode; readonly tensor: string }[] {
  const { nodes } = graph
  const { positions, starts, makers, outputs } = linksOf(nodes)
  const found = new Map<string, GraphNode>()
  for (let taker = 0; taker < nodes.length; taker++) {
    for (let edge = starts[taker]; edge < starts[taker + 1]; edge++) {
      if (outputs[edge] > 0 && makers[edge] >= 0)
        found.set(nodes[taker].inputs[edge - starts[taker]], nodes[makers[edge]])
    }
  }
  for (const { tensor } of graph.outputs) {
    const { node, output } = splitTensor(tensor)
    const position = positions.get(node)
    if (output > 0 && position !== undefined) found.set(tensor, nodes[position])
  }
  return [...found].map(([tensor, node]) => ({ tensor, node }))
}

/** Op, attributes (`strides:2, 2`) and what stands on the box. */
function knownOf(node: GraphNode, index: GraphIndex): string {
  if (node.weight !== undefined) {
    const weight = index.graph.weights.get(node.weight)
    return `${node.op}\n${weight ? sizesOf(weight.shape) : ''}\n${weight?.dtype ?? ''}`
  }
  let text = `${node.op}\n${opTitle(node)}`
  for (const line of nodeLines(node, index)) text += `\n${line}`
  for (const { name, value } of attributeFacts(node)) text += `\n${name}:${value.replaceAll(', ', ',')}`
  return text
}
