import type { Graph, GraphNode } from '../types'

/** A graph that counts how often something of its nodes is looked at: steps of work that do not depend on the machine. */
export interface CountedGraph {
  readonly graph: Graph
  readonly looks: () => number
}

/** `graph` with each look at its list of nodes, at a field of a node and at a node's inputs counted. */
export function counted(graph: Graph): CountedGraph {
  let looks = 0
  const handler = {
    get(target: object, key: string | symbol, receiver: unknown): unknown {
      looks += 1
      return Reflect.get(target, key, receiver)
    },
  }
  const watch = <T extends object>(target: T): T => new Proxy<T>(target, handler)
  const nodes = graph.nodes.map((node): GraphNode => watch({ ...node, inputs: watch(node.inputs) }))
  return { graph: { ...graph, nodes: watch(nodes) }, looks: () => looks }
}

/**
 * How many times as many looks `work` takes on a graph of `size` as on one of a tenth of it, by `make`: about 10 where it
 * grows with the size, 100 where it grows with its square.
 */
export function growth(make: (size: number) => Graph, work: (graph: Graph) => unknown, size: number): number {
  const [small, large] = [size / 10, size].map((nodes) => {
    const { graph, looks } = counted(make(nodes))
    work(graph)
    return looks()
  })
  return large / small
}

/** What `growth` stays below where work grows with the size, and a logarithm of it. */
export const linear = 15
