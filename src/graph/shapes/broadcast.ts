import { isSame, mayEqual, type Dims, type SymbolicSize } from './size'

/**
 * The shape of an elementwise operation on two operands: dimensions are lined up at the last one, and a size of 1
 * stretches. null where a rank is unknown or the shapes do not fit.
 * Source: NumPy's broadcasting rules, https://numpy.org/doc/stable/user/basics.broadcasting.html
 */
export function broadcast(a: Dims | null, b: Dims | null): Dims | null {
  if (a === null || b === null) return null
  const rank = Math.max(a.length, b.length)
  const dims: SymbolicSize[] = []
  for (let axis = 0; axis < rank; axis++) {
    const left = sizeAt(a, axis - rank + a.length)
    const right = sizeAt(b, axis - rank + b.length)
    if (left !== 1 && right !== 1 && !mayEqual(left, right)) return null
    dims.push(stretched(left, right))
  }
  return dims
}

function sizeAt(dims: Dims, axis: number): SymbolicSize {
  return axis < 0 ? 1 : dims[axis]
}

function stretched(a: SymbolicSize, b: SymbolicSize): SymbolicSize {
  if (a === 1 || isSame(a, b)) return b
  if (b === 1) return a
  // An unknown size beside a number other than 1 is that number, or 1.
  if (typeof a === 'number') return a
  return typeof b === 'number' ? b : null
}
