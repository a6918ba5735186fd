import { adoptLinks, firstOutputs, linksOf, type LinkArrays } from '../lookup/links'
import { tensorName } from '../lookup/names'
import type { Attributes, Graph, GraphNode } from '../types'
import { packStrings, tableOf, unpackStrings, type PackedStrings, type DistinctTable } from './strings'
import { packWeights, unpackWeights, type PackedWeights } from './weights'

/** A `Graph` for the way to another thread, in columns; packing and unpacking cost a fraction of a copy of the nodes. */
export interface PackedGraph {
  /** Each node's first output (`node:0`), in which its name is contained. */
  readonly firstOutputs: PackedStrings
  readonly ops: DistinctTable<string>
  readonly attributes: DistinctTable<Attributes>
  readonly links: LinkArrays
  /** Inputs that the links do not tell, by their place among all: of nodes that are not there, or spelled otherwise. */
  readonly oddInputs: ReadonlyMap<number, string>
  readonly oddControls: ReadonlyMap<number, string>
  /** For each node 1 more than the place of its weight; 0 for none. */
  readonly weightOf: Uint32Array
  /** Weights that the graph does not list, by the node's position. */
  readonly oddWeights: ReadonlyMap<number, string>
  readonly weights: PackedWeights
  readonly rest: Omit<Graph, 'nodes' | 'weights'>
}

/** Puts a graph into columns. Values of weights are not in it, except those of small ones. */
export function packGraph(graph: Graph): PackedGraph {
  const { nodes, weights, ...rest } = graph
  const { starts, makers, outputs, controlStarts, before } = linksOf(nodes)
  const links = { starts, makers, outputs, controlStarts, before }
  const { weightOf, oddWeights } = weightsOf(graph)
  return {
    firstOutputs: packStrings(firstOutputs(nodes)),
    ops: tableOf(
      nodes.map((node) => node.op),
      nodes.length,
    ),
    attributes: tableOf(
      nodes.map((node) => node.attributes),
      nodes.length,
    ),
    links,
    ...odd(nodes, links),
    weightOf,
    oddWeights,
    weights: packWeights(weights),
    rest,
  }
}

/** The reverse of `packGraph`; the links of the nodes come with it and are not worked out again. */
export function unpackGraph(packed: PackedGraph): Graph {
  const { links, ops, attributes, weightOf } = packed
  const firsts = unpackStrings(packed.firstOutputs)
  const names = firsts.map((first) => first.slice(0, -2))
  const weights = unpackWeights(packed.weights)
  const ids = [...weights.keys()]
  const inputs = listsOf(
    links.starts,
    (edge) => packed.oddInputs.get(edge) ?? output(firsts, names, links.makers[edge], links.outputs[edge]),
  )
  const controlInputs = listsOf(
    links.controlStarts,
    (edge) => packed.oddControls.get(edge) ?? names[links.before[edge]],
  )
  const nodes = names.map((name, position): GraphNode => {
    const op = ops.values[ops.which[position]]
    const own = attributes.values[attributes.which[position]]
    const id = weightOf[position] > 0 ? ids[weightOf[position] - 1] : packed.oddWeights.get(position)
    const node = { name, op, inputs: inputs(position), controlInputs: controlInputs(position), attributes: own }
    return id === undefined ? node : { ...node, weight: id }
  })
  adoptLinks(nodes, links, firsts)
  return { nodes, weights, ...packed.rest }
}

const output = (firsts: readonly string[], names: readonly string[], maker: number, number: number): string =>
  number === 0 ? firsts[maker] : tensorName(names[maker], number)

const nothing: readonly string[] = []

/** The lists of all nodes, one behind the other, as one of each node. */
function listsOf(starts: Int32Array, entry: (edge: number) => string): (node: number) => readonly string[] {
  return (node) => {
    const start = starts[node]
    const end = starts[node + 1]
    if (start === end) return nothing
    const list: string[] = []
    for (let edge = start; edge < end; edge++) list.push(entry(edge))
    return list
  }
}

function odd(
  nodes: readonly GraphNode[],
  { starts, makers, outputs, controlStarts, before }: LinkArrays,
): Pick<PackedGraph, 'oddInputs' | 'oddControls'> {
  const oddInputs = new Map<number, string>()
  const oddControls = new Map<number, string>()
  nodes.forEach((node, position) => {
    node.inputs.forEach((tensor, input) => {
      const edge = starts[position] + input
      const maker = makers[edge]
      // A tensor of another spelling has another length: `a` for `a:0`, `a:01` for `a:1`.
      const length = maker < 0 ? -1 : nodes[maker].name.length + 1 + digits(outputs[edge])
      if (tensor.length !== length) oddInputs.set(edge, tensor)
    })
    node.controlInputs.forEach((name, input) => {
      const edge = controlStarts[position] + input
      if (before[edge] < 0) oddControls.set(edge, name)
    })
  })
  return { oddInputs, oddControls }
}

const digits = (number: number): number => (number < 10 ? 1 : String(number).length)

function weightsOf({ nodes, weights }: Graph): Pick<PackedGraph, 'weightOf' | 'oddWeights'> {
  const ids = [...weights.keys()]
  let places: ReadonlyMap<string, number> | undefined
  const placeOf = (id: string): number | undefined =>
    (places ??= new Map(ids.map((each, place) => [each, place]))).get(id)
  const weightOf = new Uint32Array(nodes.length)
  const oddWeights = new Map<number, string>()
  let next = 0
  nodes.forEach(({ weight }, position) => {
    if (weight === undefined) return
    // Files list weights in the order of their constants, nearly always.
    const place = weight === ids[next] ? next : placeOf(weight)
    if (place === undefined) {
      oddWeights.set(position, weight)
      return
    }
    weightOf[position] = place + 1
    next = place + 1
  })
  return { weightOf, oddWeights }
}
