/** Inner product of two vectors of one length. */
export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index] * right[index]
  return sum
}

/** target += scale · vector */
export function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) target[index] += scale * vector[index]
}

/** target = left + scale · right */
export function combine(target: Float64Array, left: Float64Array, right: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) target[index] = left[index] + scale * right[index]
}

/** The largest entry in absolute value; NaN where there is one. */
export function largestEntry(vector: Float64Array | Float32Array): number {
  let largest = 0
  let index = 0
  // No iterator here: this runs over every weight in every round, and one takes several times as long.
  while (index < vector.length) {
    const size = Math.abs(vector[index++])
    if (size > largest || Number.isNaN(size)) largest = size
  }
  return largest
}
