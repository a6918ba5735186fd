import type { GraphNode, WeightInfo } from '../types'
import { maker, result, staysInside, type Wiring } from './wiring'

const constantOps = new Set(['Const', 'HostConst', 'Variable', 'VariableV2', 'VarHandleOp'])
const passingOps = new Set(['Identity', 'ReadVariableOp'])

/** Ops with which frozen graphs work out a scale, a shift or a kernel from constants alone. */
const arithmetic = new Set([
  ...['Add', 'AddV2', 'Sub', 'Mul', 'Div', 'RealDiv', 'Neg', 'Rsqrt', 'Sqrt', 'Square', 'Reciprocal', 'Inv', 'Maximum'],
  ...['Identity', 'ReadVariableOp', 'Cast', 'Reshape', 'ExpandDims', 'Squeeze', 'Transpose'],
  ...['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel', 'Dequantize'],
])
/** Ops with which a size is worked out from the shape of a tensor. */
const sizing = new Set(['Shape', 'StridedSlice', 'Pack', 'ConcatV2', 'Prod', 'GatherV2', 'Gather', 'FloorDiv', 'Size'])

/** Deeper than anything that is worked out beside a convolution. */
const deepest = 8
const mostNodes = 32

/** A value that does not depend on the data. */
export interface FixedValue {
  /** Whether it is one number for all channels. */
  readonly scalar: boolean
  /** The nodes that work it out, in the order of the data; constants are not among them. */
  readonly nodes: readonly GraphNode[]
}

/** Whether a node is a constant, or only passes one on: it is no part of a pattern. */
export function isConstant(wiring: Wiring, node: GraphNode): boolean {
  let current: GraphNode | undefined = node
  for (let step = 0; step < 2 * deepest && current; step++) {
    if (constantOps.has(current.op)) return true
    if (!passingOps.has(current.op) || current.inputs.length !== 1) return false
    current = maker(wiring, current.inputs[0])
  }
  return false
}

/** What a tensor is worked out from, where those are constants only; null where it depends on the data. */
export function fixedValue(wiring: Wiring, tensor: string | undefined): FixedValue | null {
  const nodes = new Set<GraphNode>()
  const leaves: (WeightInfo | null)[] = []
  if (!collect(wiring, tensor, nodes, leaves, deepest)) return null
  return { scalar: leaves.every((leaf) => leaf?.shape.length === 0), nodes: [...nodes] }
}

/** The shape of the largest constant behind a tensor: that of a kernel, however it is brought into its form. */
export function fixedShape(wiring: Wiring, tensor: string | undefined): readonly number[] | null {
  const leaves: (WeightInfo | null)[] = []
  if (!collect(wiring, tensor, new Set(), leaves, deepest)) return null
  let largest: readonly number[] | null = null
  for (const leaf of leaves) if (leaf && leaf.shape.length > (largest?.length ?? 0)) largest = leaf.shape
  return largest
}

function collect(
  wiring: Wiring,
  tensor: string | undefined,
  nodes: Set<GraphNode>,
  leaves: (WeightInfo | null)[],
  depth: number,
): boolean {
  const node = maker(wiring, tensor)
  if (!node || depth === 0 || nodes.size > mostNodes) return false
  if (isConstant(wiring, node)) {
    leaves.push(weightOf(wiring, node))
    return true
  }
  if (!arithmetic.has(node.op) || node.inputs.length === 0) return false
  if (nodes.has(node)) return true
  if (!node.inputs.every((input) => collect(wiring, input, nodes, leaves, depth - 1))) return false
  nodes.add(node)
  return true
}

function weightOf(wiring: Wiring, node: GraphNode): WeightInfo | null {
  let current: GraphNode | undefined = node
  while (current && current.weight === undefined) current = maker(wiring, current.inputs.at(0))
  return current?.weight === undefined ? null : (wiring.index.graph.weights.get(current.weight) ?? null)
}

/** The nodes that work out a size, as that of a transposed convolution or a reshape, in the order of the data. */
export function sizeNodes(wiring: Wiring, tensor: string | undefined): readonly GraphNode[] {
  const nodes = new Set<GraphNode>()
  const visit = (input: string | undefined, depth: number): void => {
    const node = maker(wiring, input)
    if (!node || depth === 0 || nodes.has(node) || nodes.size > mostNodes) return
    if (isConstant(wiring, node) || !(sizing.has(node.op) || arithmetic.has(node.op))) return
    // The shape is all that is wanted of what stands before it.
    if (node.op !== 'Shape' && node.op !== 'Size') for (const before of node.inputs) visit(before, depth - 1)
    nodes.add(node)
  }
  visit(tensor, deepest)
  // What comes from the data itself is no size.
  return [...nodes].every((node) => node.op === 'Shape' || node.inputs.every((input) => isKnown(wiring, input, nodes)))
    ? [...nodes]
    : []
}

function isKnown(wiring: Wiring, tensor: string, nodes: ReadonlySet<GraphNode>): boolean {
  const node = maker(wiring, tensor)
  return node !== undefined && (nodes.has(node) || isConstant(wiring, node))
}

/**
 * `nodes` without those of `aside` that others take, too: what works out a scale that two convolutions share belongs to
 * neither. Within `aside`, makers must come before takers.
 */
export function withoutShared(
  wiring: Wiring,
  nodes: ReadonlySet<GraphNode>,
  aside: ReadonlySet<GraphNode>,
): ReadonlySet<GraphNode> {
  if (aside.size === 0) return nodes
  const own = new Set(nodes)
  for (const node of [...aside].reverse()) if (!staysInside(wiring, result(node), own)) own.delete(node)
  return own
}
