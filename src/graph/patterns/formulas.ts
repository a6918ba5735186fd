import { fixed } from './constants'
import { formulaNames } from './formula-names'
import { call, clip, longest, maximum, minimum, number, perChannel, power, product, sum, x, type Term } from './terms'
import { isClosed, onlyTaker, type Op, type Value, type Wiring } from './wiring'
import { table } from '../table'

/** An activation spelled out in several operations: hard-swish, PReLU, GELU and their like. */
export interface Formula {
  readonly name: string
  readonly input: Value
  readonly output: Value
  /** In the order of the data; only `output` leaves them. */
  readonly ops: ReadonlySet<Op>
}

/** What formulas are recognised by, with how many operations may stand before it and after it. */
const cores = table<readonly [before: number, after: number]>({
  Sigmoid: [1, 3],
  Relu6: [1, 4],
  Relu: [2, 4],
  Softplus: [0, 3],
  Tanh: [5, 4],
  Erf: [1, 4],
  Maximum: [2, 4],
  Minimum: [2, 3],
  ClipByValue: [2, 3],
})
const bounds = new Set(['Maximum', 'Minimum', 'ClipByValue'])
const elementwise = new Set([
  ...cores.keys(),
  ...['Mul', 'Add', 'AddV2', 'Sub', 'Div', 'RealDiv', 'Neg', 'Pow', 'Square', 'Abs'],
  ...['Identity', 'IdentityN', 'StopGradient'],
])
/** Tensors tried as the start of one formula. */
const mostStarts = 8
const deepest = 10

/** All spelled-out activations by the tensor they start from, the largest first; several may overlap. */
export function findFormulas(wiring: Wiring): ReadonlyMap<Value, readonly Formula[]> {
  const found = new Map<Value, Formula[]>()
  for (const op of wiring.ops) {
    const reach = cores.get(op.node.op)
    if (!reach) continue
    const [before, after] = reach
    const ends = following(op, after)
    if (ends.length === 1 && !bounds.has(op.node.op)) continue
    for (const start of preceding(op, before)) {
      const formulas = formulasFrom(start, ends)
      if (formulas.length > 0) found.set(start, [...(found.get(start) ?? []), ...formulas])
    }
  }
  for (const formulas of found.values()) formulas.sort((a, b) => b.ops.size - a.ops.size)
  return found
}

/** An op and the elementwise ones after it, each the only taker of the one before. */
function following(core: Op, most: number): Op[] {
  const ends = [core]
  for (let next = onlyTaker(core.output); next && ends.length <= most; next = onlyTaker(next.output)) {
    if (!elementwise.has(next.node.op)) break
    ends.push(next)
  }
  return ends
}

/** Tensors from which an op may be worked out, the nearest first. */
function preceding(core: Op, most: number): Value[] {
  const starts = new Set<Value>()
  let reached: readonly Op[] = [core]
  for (let step = 0; step <= most && starts.size < mostStarts; step++) {
    const fresh = reached.flatMap(({ inputs }) => inputs).filter((value) => !starts.has(value) && !fixed(value))
    for (const value of fresh) starts.add(value)
    reached = fresh.flatMap(({ maker }) => (maker && elementwise.has(maker.node.op) ? maker : []))
  }
  return [...starts].slice(0, mostStarts)
}

function formulasFrom(input: Value, ends: readonly Op[]): Formula[] {
  const terms = new Map<Op, Term | null>()
  const found: Formula[] = []
  for (const end of ends) {
    const term = termOf(end.output, input, terms, deepest)
    // What comes after cannot be told either.
    if (!term) break
    const name = formulaNames.get(term.text)
    if (name === undefined || end.node.op === 'Identity' || end.node.op === 'StopGradient') continue
    const ops = behind(end, terms)
    if (ops.size > 1 && isClosed(ops, end.output)) found.push({ name, input, output: end.output, ops })
  }
  return found
}

/** The ops that an op's term was put together from, in the order of the data. */
function behind(end: Op, terms: ReadonlyMap<Op, Term | null>, ops = new Set<Op>()): Set<Op> {
  if (ops.has(end)) return ops
  for (const input of end.inputs) {
    const { maker } = input
    const aside = fixed(input)
    if (aside) for (const op of aside.ops) ops.add(op)
    else if (maker && terms.has(maker)) behind(maker, terms, ops)
  }
  return ops.add(end)
}

/** What a value is in terms of `input`, which is x; null where it is made of something else, too. */
function termOf(value: Value, input: Value, terms: Map<Op, Term | null>, depth: number): Term | null {
  if (value === input) return x
  const op = value.maker
  if (!op || depth === 0 || value !== op.output) return null
  const constant = fixed(value)
  if (constant) return constant.scalar ? number : perChannel
  const before = terms.get(op)
  if (before !== undefined) return before
  const term = elementwise.has(op.node.op) ? combined(op, input, terms, depth) : null
  const kept = term && term.text.length <= longest ? term : null
  if (kept) terms.set(op, kept)
  return kept
}

function combined(op: Op, input: Value, terms: Map<Op, Term | null>, depth: number): Term | null {
  // Of IdentityN, which carries a gradient of its own, only the first output counts.
  const inputs = op.node.op === 'IdentityN' ? op.inputs.slice(0, 1) : op.inputs
  const operands: Term[] = []
  for (const value of inputs) {
    const operand = termOf(value, input, terms, depth - 1)
    if (!operand) return null
    operands.push(operand)
  }
  const [a, b = number] = operands
  return operands.length > 0 ? combine(op.node.op, a, b) : null
}

function combine(op: string, a: Term, b: Term): Term {
  switch (op) {
    case 'Identity':
    case 'IdentityN':
    case 'StopGradient':
      return a
    case 'Mul':
      return product(a, b)
    case 'Div':
    case 'RealDiv':
      return b === number || b === perChannel ? product(a, b) : call('Div', a, b)
    case 'Neg':
      return product(number, a)
    case 'Add':
    case 'AddV2':
      return sum(a, b)
    case 'Sub':
      return sum(a, product(number, b))
    case 'Minimum':
      return minimum(a, b)
    case 'Maximum':
      return maximum(a, b)
    case 'ClipByValue':
      return clip(a)
    case 'Square':
    case 'Pow':
      return power(a)
    default:
      return call(op, a)
  }
}
