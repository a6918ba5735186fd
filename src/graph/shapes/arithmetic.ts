import { add, divideExactly, isSame, multiply, subtract, type Dims, type SymbolicSize } from './size'
import type { Tensor } from './tensor'

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

const division =
  (round: (quotient: number) => number): Arithmetic =>
  (a, b) =>
    divideExactly(a, b) ?? onNumbers((x, y) => round(x / y))(a, b)

const same = (a: SymbolicSize, b: SymbolicSize, instead: SymbolicSize, compute: Arithmetic): SymbolicSize =>
  isSame(a, b) ? instead : compute(a, b)

/** The operations on two sizes through which values of shapes are carried. */
export const arithmetic = {
  add,
  subtract,
  multiply,
  divide: division((quotient) => quotient),
  floorDivide: division(Math.floor),
  /** As whole numbers are divided: rounded towards zero. */
  truncateDivide: division(Math.trunc),
  floorRemainder: onNumbers((a, b) => a - b * Math.floor(a / b)),
  remainder: onNumbers((a, b) => a % b),
  maximum: (a, b) => same(a, b, a, onNumbers(Math.max)),
  minimum: (a, b) => same(a, b, a, onNumbers(Math.min)),
  power: onNumbers((a, b) => a ** b),
  equal: (a, b) =>
    same(
      a,
      b,
      1,
      compare((x, y) => x === y),
    ),
  notEqual: (a, b) =>
    same(
      a,
      b,
      0,
      compare((x, y) => x !== y),
    ),
  less: compare((a, b) => a < b),
  lessEqual: compare((a, b) => a <= b),
  greater: compare((a, b) => a > b),
  greaterEqual: compare((a, b) => a >= b),
  and: compare((a, b) => a !== 0 && b !== 0),
  or: compare((a, b) => a !== 0 || b !== 0),
} satisfies Readonly<Record<string, Arithmetic>>

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

/** Applies an operation on numbers to each value of a tensor; undefined where there is none of them. */
export function computeUnary(operation: ((a: number) => number) | undefined, a: Tensor): Dims | undefined {
  if (!operation) return undefined
  return a.value?.map((size) => (typeof size === 'number' ? finite(operation(size)) : null))
}
