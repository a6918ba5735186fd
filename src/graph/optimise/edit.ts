import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import { trunk } from '../lookup/trunk'
import { opOf } from '../ops'
import type { Graph, GraphNode, WeightInfo } from '../types'
import { uniqueName } from '../lookup/unique-name'
import { constantNode } from '../lookup/weights'
import { deriveWeights, type DerivedWeight } from './derived'
import type { Work } from './types'

/** Whether a node is part of a loop or branch spelled out in the graph: what runs is only known while running. */
export const isControlFlow = (node: GraphNode | undefined): boolean =>
  node !== undefined && opOf(node.op)?.controlsFlow === true

/**
 * What a pass wants changed: nodes to put in place of others, tensors to take instead of others, and new constants. The
 * graph is left as it was until `apply`.
 */
export class Edit {
  readonly index: GraphIndex
  readonly #work: Work
  readonly #outputs: ReadonlySet<string>
  /** Nodes that others wait for without taking their values. */
  readonly #awaited: ReadonlySet<string>
  readonly #replaced = new Map<string, readonly GraphNode[]>()
  readonly #redirected = new Map<string, string>()
  readonly #weights = new Map<string, DerivedWeight>()

  constructor(work: Work) {
    this.#work = work
    this.index = indexGraph(work.graph)
    this.#outputs = new Set(work.graph.outputs.map(({ tensor }) => tensor))
    this.#awaited = new Set(work.graph.nodes.flatMap((node) => node.controlInputs))
  }

  get graph(): Graph {
    return this.#work.graph
  }

  /** Whether a tensor has to stay: it is fetched, or something waits for its node. */
  mustStay(tensor: string): boolean {
    return this.#outputs.has(tensor) || this.#awaited.has(splitTensor(tensor).node)
  }

  /** The one node that takes a tensor, once, if the tensor may go. */
  onlyTaker(tensor: string): GraphNode | undefined {
    const uses = this.index.uses.get(tensor) ?? []
    return uses.length === 1 && !this.mustStay(tensor) ? uses[0].node : undefined
  }

  /** Puts `nodes` where `node` was; one of them should have its name if its tensors are still taken. */
  replace(node: GraphNode, ...nodes: readonly GraphNode[]): void {
    this.#replaced.set(node.name, nodes)
  }

  /** Takes `to` wherever `from` was taken, but as an output. */
  redirect(from: string, to: string): void {
    this.#redirected.set(from, to)
  }

  /** A new constant, its name made from `wanted`; what its values are is worked out when they are needed. */
  addConstant(wanted: string, derived: DerivedWeight): { node: GraphNode; tensor: string } {
    const { nodes, graph } = this.index
    const name = uniqueName(wanted, (taken) => nodes.has(taken) || graph.weights.has(taken) || this.#weights.has(taken))
    const info: WeightInfo = { ...derived.info, id: name }
    this.#weights.set(name, { ...derived, info })
    return { node: constantNode({ info }), tensor: tensorName(name) }
  }

  /** The changed graph without what its outputs no longer depend on. */
  apply(): Work {
    if (this.#replaced.size === 0 && this.#redirected.size === 0) return this.#work
    const { graph, weights } = this.#work
    const nodes = graph.nodes
      .flatMap((node) => this.#replaced.get(node.name) ?? [node])
      .map((node) => this.#rewired(node))
    const infos = new Map([...graph.weights, ...[...this.#weights].map(([id, { info }]) => [id, info] as const)])
    const changed = { ...graph, nodes, weights: infos }
    return {
      ...this.#work,
      graph: trunk(
        changed,
        changed.outputs.map(({ tensor }) => tensor),
      ),
      weights: deriveWeights(weights, this.#weights),
    }
  }

  #rewired(node: GraphNode): GraphNode {
    if (!node.inputs.some((tensor) => this.#redirected.has(tensor))) return node
    return { ...node, inputs: node.inputs.map((tensor) => this.#followed(tensor)) }
  }

  #followed(tensor: string): string {
    let current = tensor
    for (let next = this.#redirected.get(current); next !== undefined; next = this.#redirected.get(current))
      current = next
    return current
  }
}
