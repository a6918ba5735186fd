import { add, divideExactly, isSame, multiply, subtract, type Dims, type SymbolicSize } from './size'
import type { Tensor } from './tensor'
import { table } from '../table'

export type Arithmetic = (a: SymbolicSize, b: SymbolicSize) => SymbolicSize

/** An operation on numbers as one on sizes: unknown as soon as one operand is. */
function onNumbers(compute: (a: number, b: number) => number): Arithmetic {
  return (a, b) => (typeof a === 'number' && typeof b === 'number' ? finite(compute(a, b)) : null)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function compare(compute: (a: number, b: number) => boolean): Arithmetic {
  return onNumbers((a, b) => Number(compute(a, b)))
}

const floorDivide: Arithmetic = (a, b) => divideExactly(a, b) ?? onNumbers((x, y) => Math.floor(x / y))(a, b)

/** The binary operations through which values of shapes are carried. */
export const arithmetic = table<Arithmetic>({
  Add: add,
  AddV2: add,
  Sub: subtract,
  Mul: multiply,
  FloorDiv: floorDivide,
  // On whole numbers these two round towards zero.
  Div: (a, b) => divideExactly(a, b) ?? onNumbers((x, y) => Math.trunc(x / y))(a, b),
  TruncateDiv: (a, b) => divideExactly(a, b) ?? onNumbers((x, y) => Math.trunc(x / y))(a, b),
  RealDiv: (a, b) => divideExactly(a, b) ?? onNumbers((x, y) => x / y)(a, b),
  FloorMod: onNumbers((a, b) => a - b * Math.floor(a / b)),
  Mod: onNumbers((a, b) => a % b),
  Maximum: (a, b) => (isSame(a, b) ? a : onNumbers(Math.max)(a, b)),
  Minimum: (a, b) => (isSame(a, b) ? a : onNumbers(Math.min)(a, b)),
  Pow: onNumbers((a, b) => a ** b),
  Equal: (a, b) => (isSame(a, b) ? 1 : compare((x, y) => x === y)(a, b)),
  NotEqual: (a, b) => (isSame(a, b) ? 0 : compare((x, y) => x !== y)(a, b)),
  Less: compare((a, b) => a < b),
  LessEqual: compare((a, b) => a <= b),
  Greater: compare((a, b) => a > b),
  GreaterEqual: compare((a, b) => a >= b),
  LogicalAnd: compare((a, b) => a !== 0 && b !== 0),
  LogicalOr: compare((a, b) => a !== 0 || b !== 0),
})

/** The unary operations through which values of shapes are carried. */
export const unaryArithmetic = table<(a: number) => number>({
  Neg: (a) => -a,
  Abs: Math.abs,
  Square: (a) => a * a,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Sqrt: Math.sqrt,
  LogicalNot: (a) => Number(a === 0),
})

/** Applies a binary operation to the values of two tensors of the same shape, or of which one has a single element. */
export function computeValue(operation: Arithmetic, a: Tensor, b: Tensor): Dims | undefined {
  const left = a.value
  const right = b.value
  if (!left || !right) return undefined
  if (left.length === 1) return right.map((size) => operation(left[0], size))
  if (right.length === 1) return left.map((size) => operation(size, right[0]))
  const sameRank = a.shape?.length === b.shape?.length
  return sameRank && left.length === right.length ? left.map((size, i) => operation(size, right[i])) : undefined
}

export function computeUnary(operation: ((a: number) => number) | undefined, a: Tensor): Dims | undefined {
  if (!operation) return undefined
  return a.value?.map((size) => (typeof size === 'number' ? finite(operation(size)) : null))
}
