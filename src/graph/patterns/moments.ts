import { fixed, smallValues } from './constants'
import { block, type PatternPiece } from './pieces'
import type { Op, Value } from './wiring'

/** Layer norm, instance norm and RMS norm: scaled by what is measured on the data itself. */
const rootOps = new Set(['Rsqrt', 'Sqrt'])
const additions = new Set(['Add', 'AddV2'])
/** Ops that a norm is finished with. */
const finishing = new Set(['Mul', 'Sub', 'Add', 'AddV2', 'Div', 'RealDiv', 'Neg'])
/** Larger than any norm. */
const mostOps = 24

/** The norm around the root of a mean square (plus epsilon); null for other ops. */
export function momentNormAt(root: Op): PatternPiece | null {
  if (!rootOps.has(root.node.op)) return null
  const sum = root.inputs.at(0)?.maker
  const variance = sum && additions.has(sum.node.op) ? sum.inputs.find((input) => !fixed(input))?.maker : sum
  const square = variance?.node.op === 'Mean' ? variance.inputs.at(0)?.maker : undefined
  const start = square && squared(square)
  if (!start || !sum || !variance) return null
  const ops = new Set([...start.ops, square, variance, sum, root])
  const output = finish(ops, start.input)
  return output && block('normalisation', titleOf(start.hasMean, variance), start.input, [...ops], output)
}

interface Start {
  readonly input: Value
  readonly hasMean: boolean
  readonly ops: readonly Op[]
}

/** From where the square comes: of the data, or of its difference from its mean. */
function squared(square: Op): Start | null {
  const { op } = square.node
  if (op === 'SquaredDifference') return differenceFromMean(square)
  if (square.inputs.length === 0 || (op !== 'Square' && !(op === 'Mul' && square.inputs[0] === square.inputs[1])))
    return null
  const [input] = square.inputs
  const difference = input.maker
  const centred = difference?.node.op === 'Sub' ? differenceFromMean(difference) : null
  return centred && difference ? { ...centred, ops: [...centred.ops, difference] } : { input, hasMean: false, ops: [] }
}

function differenceFromMean(op: Op): Start | null {
  if (op.inputs.length !== 2) return null
  for (const [input, other] of [op.inputs, [...op.inputs].reverse()]) {
    const stop = other.maker
    const mean = stop?.node.op === 'StopGradient' ? stop.inputs.at(0)?.maker : stop
    if (!stop || mean?.node.op !== 'Mean' || mean.inputs[0] !== input) continue
    return { input, hasMean: true, ops: [...new Set([mean, stop])] }
  }
  return null
}

/**
 * Adds to `ops` what is worked out from them and the data alone, with the scale and the shift for each channel.
 * Returns the one tensor that leaves them, or null.
 */
function finish(ops: Set<Op>, input: Value): Value | null {
  const belongs = (op: Op): boolean =>
    finishing.has(op.node.op) &&
    op.inputs.every((value) => value === input || (value.maker && ops.has(value.maker)) || isScale(value)) &&
    // The data added to its own norm is a skip connection.
    !(additions.has(op.node.op) && op.inputs.includes(input))
  // A set takes in what is added to it while it is walked; an op is asked again once its other operand is there.
  for (const op of ops) {
    if (ops.size > mostOps) return null
    for (const taker of op.output.takers) if (belongs(taker)) ops.add(taker)
  }
  const ends = [...ops].filter((op) => op.output.takers.every((taker) => !ops.has(taker)))
  return ends.length === 1 ? ends[0].output : null
}

function isScale(value: Value): boolean {
  const constant = fixed(value)
  return constant !== null && !constant.scalar && constant.ops.length === 0
}

function titleOf(hasMean: boolean, variance: Op): string {
  if (!hasMean) return 'RMS norm'
  const axes = smallValues(variance.inputs.at(1))
  if (axes?.length === 2) return 'Instance norm'
  return axes && axes.length > 2 ? 'Batch norm' : 'Layer norm'
}
