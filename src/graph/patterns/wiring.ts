import { isConstantNode } from '../lookup/constant-node'
import { linksOf } from '../lookup/links'
import type { GraphIndex } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import type { GraphNode, WeightInfo } from '../types'

/**
 * The graph as things that point at each other. The search asks for makers and takers many times over, and names
 * looked up each time would cost ten times as much.
 */
export interface Wiring {
  /** In the order of the nodes; constants are left out. */
  readonly ops: readonly Op[]
  /** How many nodes there are. */
  readonly size: number
}

export interface Op {
  readonly node: GraphNode
  /** Its place among the nodes. */
  readonly position: number
  readonly inputs: readonly Value[]
  /** Its first output. */
  readonly output: Value
  /** Whether any other output is taken: then it can stand in no box with one exit. */
  readonly manyTaken: boolean
  /** For a constant: what is known of its data. */
  readonly weight: WeightInfo | undefined
  /** How it is worked out from constants, null if it is not, undefined while nobody has asked; `constants.ts` keeps it. */
  fixed: Fixed | null | undefined
}

/** A tensor. */
export interface Value {
  /** undefined where the graph does not hold what makes it. */
  readonly maker: Op | undefined
  /** Which of its maker's outputs. */
  readonly slot: number
  /** One entry a use; not kept for constants. */
  readonly takers: readonly Op[]
  /** Whether the graph gives it back. */
  readonly isResult: boolean
}

/** A value that does not depend on the data. */
export interface Fixed {
  /** Whether it is a single number. */
  readonly scalar: boolean
  /** Whether it is one number per channel, as far as shapes are known: no more than one dimension counts. */
  readonly perChannel: boolean
  /** The shape with the most dimensions that goes into it: that of a kernel, however it is brought into its form. */
  readonly shape: readonly number[] | null
  /** The ops that work it out, in the order of the data; constants are not among them. */
  readonly ops: readonly Op[]
}

/** Shared by all that have none: most nodes are constants, which take nothing. */
const noValues: readonly Value[] = []
const noOps: Op[] = []

type DraftValue = { -readonly [K in keyof Value]: Value[K] } & { takers: Op[] }

/** An op is its own first output: there are as many of the one as of the other, and half the objects are half the time. */
class WiredOp implements Op, Value {
  inputs = noValues
  readonly output: DraftValue = this
  readonly maker: Op = this
  readonly slot = 0
  takers = noOps
  isResult = false
  manyTaken = false
  fixed: Fixed | null | undefined = undefined

  constructor(
    readonly node: GraphNode,
    readonly position: number,
    readonly weight: WeightInfo | undefined,
  ) {}
}

/** Cost is linear in nodes and edges. */
export function wire({ graph }: GraphIndex): Wiring {
  const { nodes, weights } = graph
  const links = linksOf(nodes)
  const all = nodes.map(
    (node, position) => new WiredOp(node, position, node.weight === undefined ? undefined : weights.get(node.weight)),
  )
  const ops = all.filter(({ node }) => !isConstantNode(node))
  const furtherOutputs = new Map<string, DraftValue>()
  const valueOf = (tensor: string, position: number, slot: number): DraftValue => {
    const maker: WiredOp | undefined = position < 0 ? undefined : all[position]
    if (maker && slot === 0) return maker
    const known = furtherOutputs.get(tensor)
    if (known) return known
    if (maker) maker.manyTaken = true
    const value: DraftValue = { maker, slot, takers: noOps, isResult: false }
    furtherOutputs.set(tensor, value)
    return value
  }
  for (const op of ops) {
    const first = links.starts[op.position]
    const values = op.node.inputs.map((tensor, input) =>
      valueOf(tensor, links.makers[first + input], links.outputs[first + input]),
    )
    op.inputs = values
    for (const value of values) {
      if (value.maker && isConstantNode(value.maker.node)) continue
      if (value.takers === noOps) value.takers = [op]
      else value.takers.push(op)
    }
  }
  for (const { tensor } of graph.outputs) {
    const { node, output } = splitTensor(tensor)
    valueOf(tensor, links.positions.get(node) ?? -1, output).isResult = true
  }
  return { ops, size: nodes.length }
}

/** Whether a value may stand inside a box. */
const canBeInside = (value: Value): boolean => !value.isResult && value.maker?.manyTaken !== true

/** The op that takes a value, if it takes it once, and nobody else does: then both can stand in one box. */
export function onlyTaker(value: Value): Op | undefined {
  return value.takers.length === 1 && canBeInside(value) ? value.takers[0] : undefined
}

/** Whether all that takes a value is among these ops. */
export function staysInside(value: Value, ops: ReadonlySet<Op>): boolean {
  return canBeInside(value) && value.takers.every((taker) => ops.has(taker))
}

/** Whether nothing made by these ops is taken elsewhere, but `output`. */
export function isClosed(ops: ReadonlySet<Op>, output: Value): boolean {
  for (const op of ops) if (op.manyTaken || (op.output !== output && !staysInside(op.output, ops))) return false
  return true
}

/** Names of the ops' nodes, in the order given. */
export const namesOf = (ops: Iterable<Op>): readonly string[] => Array.from(ops, ({ node }) => node.name)

/** `node:output`. */
export const nameOf = (value: Value): string => tensorName(value.maker?.node.name ?? '', value.slot)
