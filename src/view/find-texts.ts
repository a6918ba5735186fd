import type { ModelFacts } from '../graph/facts'
import type { GraphIndex } from '../graph/lookup'
import { tensorName } from '../graph/names'
import { nodeLines, opTitle } from '../graph/titles'
import type { GraphNode, Shape } from '../graph/types'
import { attributeFacts } from './describe-attributes'
import { makerOf } from './describe-traffic'

/** What can be searched: an entry for each node, then one for each further output that a node has. */
export interface SearchTexts {
  readonly nodes: readonly GraphNode[]
  readonly tensors: readonly string[]
  /** Lower-cased: the name, a line feed, and all that is known of the node without its facts. */
  readonly texts: readonly string[]
  /** Length of the name in each text. */
  readonly nameEnds: Int32Array
}

/** Entries between two yields: a few milliseconds. */
const slice = 1000
const known = new WeakMap<GraphIndex, SearchTexts>()
const knownShapes = new WeakMap<ModelFacts, { readonly of: SearchTexts; readonly shapes: readonly string[] }>()

/** The texts of a graph, made once; yields now and then. */
export function* searchTexts(index: GraphIndex): Generator<void, SearchTexts> {
  const ready = known.get(index)
  if (ready) return ready
  const further = [...furtherOutputs(index)]
  const nodes = [...index.graph.nodes, ...further.flatMap(({ node }) => node)]
  const tensors = [...index.graph.nodes.map(({ name }) => tensorName(name)), ...further.map(({ tensor }) => tensor)]
  const texts: string[] = []
  const nameEnds = new Int32Array(nodes.length)
  for (const [i, node] of nodes.entries()) {
    const name = (i < index.graph.nodes.length ? node.name : tensors[i]).toLowerCase()
    nameEnds[i] = name.length
    texts.push(`${name}\n${knownOf(node, index).toLowerCase()}`)
    if (i % slice === slice - 1) yield
  }
  const made = { nodes, tensors, texts, nameEnds }
  known.set(index, made)
  return made
}

/** Tensors beyond the first of their node that somebody takes, or that leave the graph. */
function* furtherOutputs({ nodes, uses, graph }: GraphIndex): Generator<{ node: GraphNode; tensor: string }> {
  const tensors = new Set(uses.keys())
  for (const { tensor } of graph.outputs) tensors.add(tensor)
  for (const tensor of tensors) {
    if (tensor.endsWith(':0')) continue
    const node = nodes.get(makerOf(tensor))
    if (node) yield { node, tensor }
  }
}

/** Op, attributes (`strides:2, 2`) and what stands on the box. */
function knownOf(node: GraphNode, index: GraphIndex): string {
  if (node.weight !== undefined) {
    const weight = index.graph.weights.get(node.weight)
    return `${node.op}\n${sizes(weight?.shape)}\n${weight?.dtype ?? ''}`
  }
  const attributes = attributeFacts(node).map(({ name, value }) => `${name}:${value.replaceAll(', ', ',')}`)
  return [node.op, opTitle(node), ...nodeLines(node, index), ...attributes].join('\n')
}

/** The shapes of all entries as `batch×112×112×32`, made once for each graph and its facts; yields now and then. */
export function* searchShapes(texts: SearchTexts, facts: ModelFacts | null): Generator<void, readonly string[]> {
  if (!facts) return []
  const ready = knownShapes.get(facts)
  if (ready?.of === texts) return ready.shapes
  const shapes: string[] = []
  for (const [i, tensor] of texts.tensors.entries()) {
    shapes.push(sizes(facts.infos.get(tensor)?.shape))
    if (i % (4 * slice) === 4 * slice - 1) yield
  }
  knownShapes.set(facts, { of: texts, shapes })
  return shapes
}

function sizes(shape: Shape | null | undefined): string {
  return shape?.map((size, axis) => size ?? (axis === 0 ? 'batch' : '?')).join('×') ?? ''
}
