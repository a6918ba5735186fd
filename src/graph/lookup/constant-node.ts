import { opOf } from '../ops'
import type { GraphNode } from '../types'

/** Whether a node is where a constant, or a variable's value, stands. */
export const isConstantNode = (node: GraphNode): boolean => opOf(node.op)?.stores === true
