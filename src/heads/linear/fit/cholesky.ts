/** Columns kept of a set of vectors, and how to combine them into an orthonormal one. */
export interface Orthonormaliser {
  /** Indices of the vectors that are kept, the longest first. */
  kept: number[]
  /** `[kept, kept]` row major upper triangular T: (kept vectors) · T is orthonormal. */
  combine: Float64Array
}

/** Cholesky factor L of a symmetric positive definite `[size, size]` row-major matrix. */
export function cholesky(symmetric: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = symmetric[row * size + column]
      for (let inner = 0; inner < column; inner++) sum -= factor[row * size + inner] * factor[column * size + inner]
      const isDiagonal = row === column
      factor[row * size + column] = isDiagonal ? Math.sqrt(sum) : sum / factor[column * size + column]
    }
  }
  return factor
}

/** (L Lᵀ)⁻¹, row major. */
export function invertCholesky(factor: Float64Array, size: number): Float64Array {
  // Row r of the lower triangular inverse: L⁻¹[r] = (e_r − Σ L[r][i] · L⁻¹[i]) / L[r][r].
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    lower[row * size + row] = 1
    for (let inner = 0; inner < row; inner++) {
      const share = factor[row * size + inner]
      for (let column = 0; column <= inner; column++) {
        lower[row * size + column] -= share * lower[inner * size + column]
      }
    }
    const pivot = factor[row * size + row]
    for (let column = 0; column <= row; column++) lower[row * size + column] /= pivot
  }
  const inverse = new Float64Array(size * size)
  for (let inner = 0; inner < size; inner++) {
    for (let row = 0; row <= inner; row++) {
      const share = lower[inner * size + row]
      for (let column = 0; column <= inner; column++) {
        inverse[row * size + column] += share * lower[inner * size + column]
      }
    }
  }
  return inverse
}

/**
 * From the `[size, size]` inner products of vectors, the combination that makes them orthonormal: Cholesky with
 * diagonal pivoting (Higham, Analysis of the Cholesky decomposition of a semi-definite matrix, 1990). What is left of
 * a vector once its share of the others is taken away counts only when its squared length exceeds `threshold`.
 */
export function orthonormaliser(inner: Float64Array, size: number, threshold: number, limit: number): Orthonormaliser {
  const remaining = Array.from({ length: size }, (_, index) => inner[index * size + index])
  const factorRows: Float64Array[] = Array.from({ length: size }, () => new Float64Array(size))
  const kept: number[] = []
  while (kept.length < Math.min(size, limit)) {
    const pivot = indexOfLargest(remaining)
    if (!(remaining[pivot] > threshold)) break
    const rank = kept.length
    const length = Math.sqrt(remaining[pivot])
    for (let index = 0; index < size; index++) {
      let sum = inner[index * size + pivot]
      for (let column = 0; column < rank; column++) sum -= factorRows[index][column] * factorRows[pivot][column]
      factorRows[index][rank] = sum / length
      remaining[index] -= (sum / length) ** 2
    }
    factorRows[pivot][rank] = length
    remaining[pivot] = -Infinity
    kept.push(pivot)
  }
  return { kept, combine: inverseTransposed(kept.map((index) => factorRows[index])) }
}

/** (L⁻¹)ᵀ of a lower triangular matrix given by rows. */
function inverseTransposed(rows: readonly Float64Array[]): Float64Array {
  const size = rows.length
  const result = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = row === column ? 1 : 0
      for (let inner = column; inner < row; inner++) sum -= rows[row][inner] * result[column * size + inner]
      result[column * size + row] = sum / rows[row][row]
    }
  }
  return result
}

function indexOfLargest(values: readonly number[]): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index
  return best
}
