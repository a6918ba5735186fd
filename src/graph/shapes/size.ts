/**
 * Sizes while shapes are inferred. A size that is not known before a run, as the batch's, is still the same size
 * wherever it turns up, so it is carried as a product: [batch, 7, 7, 64] reshaped to [-1, 49, 64] is [batch, 49, 64].
 */
export interface SizeProduct {
  /** The known factor, at least 1. */
  readonly factor: number
  /** The unknown factors by name, sorted; one or more. */
  readonly unknowns: readonly string[]
}

/** A number, a product of unknown sizes, or null where nothing is known. Values computed from shapes are sizes too. */
export type SymbolicSize = number | SizeProduct | null
export type Dims = readonly SymbolicSize[]

/** A size of which only a name is known; equal names are equal sizes. */
export function unknownSize(name: string): SizeProduct {
  return { factor: 1, unknowns: [name] }
}

/** Known to be equal. */
export function isSame(a: SymbolicSize, b: SymbolicSize): boolean {
  if (a === null || b === null) return false
  if (typeof a === 'number' || typeof b === 'number') return a === b
  return (
    a.factor === b.factor &&
    a.unknowns.length === b.unknowns.length &&
    a.unknowns.every((name, i) => name === b.unknowns[i])
  )
}

/** Whether two sizes may be equal once they are known. */
export function mayEqual(a: SymbolicSize, b: SymbolicSize): boolean {
  return typeof a !== 'number' || typeof b !== 'number' || a === b
}

/** Product; null where a factor is null, or an unknown size meets a negative number or a fraction. 0 times any is 0. */
export function multiply(a: SymbolicSize, b: SymbolicSize): SymbolicSize {
  if (a === 0 || b === 0) return 0
  if (a === null || b === null) return null
  if (typeof a === 'number') return typeof b === 'number' ? a * b : scaled(b, a)
  if (typeof b === 'number') return scaled(a, b)
  return { factor: a.factor * b.factor, unknowns: [...a.unknowns, ...b.unknowns].sort() }
}

function scaled(product: SizeProduct, by: number): SymbolicSize {
  return by > 0 && Number.isInteger(by) ? { ...product, factor: product.factor * by } : null
}

/** `a / b` where that is a whole number whatever the unknown sizes are (they are taken to be at least 1), else null. */
export function divideExactly(a: SymbolicSize, b: SymbolicSize): SymbolicSize {
  if (a === null || b === null || b === 0) return null
  if (typeof a === 'number') return typeof b === 'number' && a % b === 0 ? a / b : null
  const divisor = typeof b === 'number' ? { factor: b, unknowns: [] } : b
  const factor = a.factor / divisor.factor
  const unknowns = without(a.unknowns, divisor.unknowns)
  if (!Number.isInteger(factor) || factor < 1 || unknowns === null) return null
  return unknowns.length === 0 ? factor : { factor, unknowns }
}

function without(names: readonly string[], removed: readonly string[]): string[] | null {
  const left = [...names]
  for (const name of removed) {
    const at = left.indexOf(name)
    if (at < 0) return null
    left.splice(at, 1)
  }
  return left
}

/** Sum; known only for numbers, and for a size to which nothing is added. */
export function add(a: SymbolicSize, b: SymbolicSize): SymbolicSize {
  if (a === 0) return b
  if (b === 0) return a
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (a === null || b === null || typeof a === 'number' || typeof b === 'number') return null
  return isSame({ ...a, factor: 1 }, { ...b, factor: 1 }) ? { ...a, factor: a.factor + b.factor } : null
}

/** Difference; known only for numbers, for equal sizes, and where nothing is taken away. */
export function subtract(a: SymbolicSize, b: SymbolicSize): SymbolicSize {
  if (b === 0) return a
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return isSame(a, b) ? 0 : null
}

/** Number of elements of a shape. */
export function countElements(dims: Dims | null): SymbolicSize {
  return dims === null ? null : dims.reduce<SymbolicSize>(multiply, 1)
}
