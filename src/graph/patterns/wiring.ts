import type { GraphIndex } from '../lookup'
import type { GraphNode, WeightInfo } from '../types'

/**
 * The graph as things that point at each other. The search asks for makers and takers many times over, and names
 * looked up each time would cost ten times as much.
 */
export interface Wiring {
  readonly ops: readonly Op[]
}

export interface Op {
  readonly node: GraphNode
  readonly inputs: readonly Value[]
  /** Its first output. */
  readonly output: Value
  /** Whether any other output is taken: then it can stand in no box with one exit. */
  readonly manyTaken: boolean
  /** For a constant: what is known of its data. */
  readonly weight: WeightInfo | undefined
}

/** A tensor. */
export interface Value {
  readonly name: string
  /** undefined where the graph does not hold what makes it. */
  readonly maker: Op | undefined
  /** One entry a use. */
  readonly takers: readonly Op[]
  /** Whether the graph gives it back. */
  readonly isResult: boolean
}

type Draft<T> = { -readonly [K in keyof T]: T[K] }
interface DraftOp extends Omit<Draft<Op>, 'inputs' | 'output'> {
  readonly inputs: Value[]
  readonly output: DraftValue
}
interface DraftValue extends Omit<Draft<Value>, 'takers'> {
  readonly takers: Op[]
}

/** Cost is linear in nodes and edges. */
export function wire({ graph, nodes }: GraphIndex): Wiring {
  const ops = new Map<GraphNode, DraftOp>()
  const values = new Map<string, DraftValue>()
  for (const node of graph.nodes) {
    const output = newValue(`${node.name}:0`)
    const weight = node.weight === undefined ? undefined : graph.weights.get(node.weight)
    const op: DraftOp = { node, inputs: [], output, manyTaken: false, weight }
    output.maker = op
    ops.set(node, op)
    values.set(output.name, output)
  }
  const valueOf = (name: string): DraftValue => values.get(name) ?? further(name)
  const further = (name: string): DraftValue => {
    const value = newValue(name)
    values.set(name, value)
    const node = nodes.get(name.slice(0, name.lastIndexOf(':')))
    const maker = node && ops.get(node)
    if (maker) maker.manyTaken = true
    value.maker = maker
    return value
  }
  for (const op of ops.values()) {
    for (const name of op.node.inputs) {
      const value = valueOf(name)
      value.takers.push(op)
      op.inputs.push(value)
    }
  }
  for (const { tensor } of graph.outputs) valueOf(tensor).isResult = true
  return { ops: [...ops.values()] }
}

const newValue = (name: string): DraftValue => ({ name, maker: undefined, takers: [], isResult: false })

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

export const namesOf = (ops: Iterable<Op>): readonly string[] => Array.from(ops, ({ node }) => node.name)
