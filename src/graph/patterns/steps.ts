import { fixed, fixedOps } from './constants'
import type { Formula } from './formulas'
import { activationWord, isFusedNorm } from './op-words'
import { onlyTaker, staysInside, type Fixed, type Op, type Value, type Wiring } from './wiring'

/** The wiring with the spelled-out activations found in it. */
export interface Survey extends Wiring {
  readonly formulas: ReadonlyMap<Value, readonly Formula[]>
}

/** One of the things that follow a convolution. */
export interface FollowingStep {
  readonly role: 'bias' | 'norm' | 'activation'
  /** As in titles: `BN`, `ReLU6`. */
  readonly word: string
  /** In the order of the data. */
  readonly ops: readonly Op[]
  /** Those of them that only work out its constants. */
  readonly aside: readonly Op[]
  readonly output: Value
}

const additions = new Set(['Add', 'AddV2'])
const biasOps = new Set(['BiasAdd', 'BiasAddV1'])
const rootOps = new Set(['Rsqrt', 'Sqrt'])
const firstOfNorm = new Set(['Mul', 'Sub'])

/** The other operand of an op that takes `value`, where it does not depend on the data. */
function otherOperand(op: Op, value: Value): Fixed | null {
  return op.inputs.length === 2 ? fixed(op.inputs[op.inputs[0] === value ? 1 : 0]) : null
}

/** A bias added to what only it takes. */
export function biasAfter(value: Value): FollowingStep | null {
  const op = onlyTaker(value)
  if (!op || !(biasOps.has(op.node.op) || additions.has(op.node.op))) return null
  const bias = otherOperand(op, value)
  if (!bias || (additions.has(op.node.op) && !bias.perChannel)) return null
  return { role: 'bias', word: 'bias', ops: [...bias.ops, op], aside: bias.ops, output: op.output }
}

/** A batch norm, as one op or spelled out, that starts with `op` taking `value`. */
export function normAt(op: Op, value: Value): FollowingStep | null {
  return isFusedNorm(op.node) ? fusedNorm(op, value) : spelledNorm(op, value)
}

function fusedNorm(op: Op, value: Value): FollowingStep | null {
  if (op.inputs[0] !== value) return null
  const aside = op.inputs.slice(1).flatMap(fixedOps)
  return { role: 'norm', word: 'BN', ops: [...aside, op], aside, output: op.output }
}

/**
 * A batch norm in single operations: taking away the mean, multiplying (or dividing) once or twice, adding; all by one
 * number per channel. With the mean folded into the shift it is a product and a sum.
 */
function spelledNorm(first: Op, value: Value): FollowingStep | null {
  const ops: Op[] = []
  const aside: Op[] = []
  let letters = ''
  let current = value
  for (let op: Op | undefined = first; op && !letters.endsWith('A'); op = onlyTaker(current)) {
    const letter = letterOf(op, current, letters)
    if (!letter || !/^S?M{0,2}A?$/.test(letters + letter)) break
    const operand = otherOperand(op, current)
    if (!operand?.perChannel) break
    letters += letter
    ops.push(...operand.ops, op)
    aside.push(...operand.ops)
    current = op.output
  }
  const isNorm = letters.endsWith('A') || aside.some((op) => rootOps.has(op.node.op))
  return isNorm && letters.includes('M') ? { role: 'norm', word: 'BN', ops, aside, output: current } : null
}

/** S: the mean is taken away; M: multiplied; A: the shift is added, or a negative one taken away. */
function letterOf(op: Op, value: Value, before: string): 'S' | 'M' | 'A' | null {
  const kind = op.node.op
  if (kind === 'Mul') return 'M'
  if (additions.has(kind)) return 'A'
  if (op.inputs[0] !== value) return null
  if (kind === 'Div' || kind === 'RealDiv') return 'M'
  if (kind !== 'Sub') return null
  return before.includes('M') ? 'A' : 'S'
}

/** What a batch norm that starts with this op would work on; undefined where none can start here. */
export function startOfNorm(op: Op): Value | undefined {
  if (isFusedNorm(op.node)) return op.inputs.at(0)
  if (!firstOfNorm.has(op.node.op)) return undefined
  const value = op.inputs.find((input) => !fixed(input))
  const before = value?.maker
  // If the one before is of the same kind, it started there.
  const isLater = before && firstOfNorm.has(before.node.op) && before.inputs.some((input) => fixed(input)?.perChannel)
  return isLater ? undefined : value
}

/** An activation on what only it takes: one op, or a formula of several. */
export function activationAfter(survey: Survey, value: Value): FollowingStep | null {
  const formula = survey.formulas.get(value)?.find(({ ops }) => staysInside(value, ops))
  if (formula) {
    return { role: 'activation', word: formula.name, ops: [...formula.ops], aside: [], output: formula.output }
  }
  const op = onlyTaker(value)
  const word = op && activationWord(op.node.op)
  if (!op || word === undefined || op.inputs[0] !== value) return null
  const aside = op.inputs.slice(1).flatMap(fixedOps)
  return { role: 'activation', word, ops: [...aside, op], aside, output: op.output }
}
