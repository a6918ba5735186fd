import type { GraphNode } from '../types'

const constantOps = new Set(['Const', 'HostConst', 'Variable', 'VariableV2', 'VarHandleOp'])

/** Whether a node is where a constant, or a variable's value, stands. */
export const isConstantNode = (node: GraphNode): boolean => constantOps.has(node.op)
