import { opOf } from '../ops'
import type { GraphNode } from '../types'

/** An activation's op as people write it; undefined for other ops. */
export const activationWord = (op: string): string | undefined => opOf(op)?.word

/** Whether a node is a batch norm in one op. */
export const isFusedNorm = (node: GraphNode): boolean => opOf(node.op)?.norm !== undefined
