import type { GraphNode } from '../../types'
import { isControlFlow } from '../edit'
import type { Pass } from '../types'

/** Ops that change something besides giving a result, so that their order counts. */
const stateful =
  /^(Assign|Variable|VarHandle|ReadVariable|TensorArray|Stack|Queue|HashTable|MutableHashTable|LookupTable)/

const ordersCount = (node: GraphNode): boolean => isControlFlow(node) || stateful.test(node.op)

/**
 * Drops the edges that only say what runs before what: for checks, and for the bookkeeping of a training. A graph with
 * spelled-out loops or branches, or with state, keeps them.
 */
export const dropControlEdges: Pass = {
  name: 'drop control edges',
  run(work) {
    const { graph } = work
    if (graph.nodes.every((node) => node.controlInputs.length === 0) || graph.nodes.some(ordersCount)) return work
    const nodes = graph.nodes.map((node) => (node.controlInputs.length > 0 ? { ...node, controlInputs: [] } : node))
    return { ...work, graph: { ...graph, nodes } }
  },
}
