import { fused, laneSums, put, rowAddress } from './lanes'

/** Panels that transposedTimes reads side by side. */
const streams: i32 = 16

/** target += leftᵀ · right over `panels` panels; target has `inner` rows (those past it are not touched). */
export function transposedTimes(
  left: usize,
  leftStride: i32,
  inner: i32,
  right: usize,
  rightStride: i32,
  columns: i32,
  target: usize,
  targetStride: i32,
  panels: i32,
): void {
  for (; panels > 0; panels -= streams) {
    transposedChunk(left, leftStride, inner, right, rightStride, columns, target, targetStride, min(panels, streams))
    left += (<usize>(streams * leftStride)) << 4
    right += (<usize>(streams * rightStride)) << 4
  }
}

/** transposedTimes over few panels, each read from front to back so that the processor can fetch ahead. */
function transposedChunk(
  left: usize,
  leftStride: i32,
  inner: i32,
  right: usize,
  rightStride: i32,
  columns: i32,
  target: usize,
  targetStride: i32,
  panels: i32,
): void {
  const leftStep = (<usize>leftStride) << 4
  const rightStep = (<usize>rightStride) << 4
  let row = 0
  for (; row <= inner - 4; row += 4) {
    const out = rowAddress(target, targetStride, row)
    const from = left + ((<usize>row) << 4)
    let column = 0
    for (; column <= columns - 2; column += 2) {
      transposedFourByTwo(
        from,
        leftStep,
        right + ((<usize>column) << 4),
        rightStep,
        panels,
        out + ((<usize>column) << 4),
      )
    }
    if (column < columns) {
      transposedFourByOne(
        from,
        leftStep,
        right + ((<usize>column) << 4),
        rightStep,
        panels,
        out + ((<usize>column) << 4),
      )
    }
  }
  for (; row < inner; row++) {
    const out = rowAddress(target, targetStride, row)
    for (let column = 0; column < columns; column++) {
      let sum = f32x4.splat(0)
      let from = left + ((<usize>row) << 4)
      let other = right + ((<usize>column) << 4)
      for (let panel = 0; panel < panels; panel++) {
        sum = fused(sum, v128.load(from), v128.load(other))
        from += leftStep
        other += rightStep
      }
      const place = out + ((<usize>column) << 4)
      const total = laneSums(sum, sum, sum, sum)
      store<f32>(place, load<f32>(place) + f32x4.extract_lane(total, 0))
    }
  }
}

/** Four rows of the result by two columns: eight sums in registers. */
function transposedFourByTwo(
  left: usize,
  leftStep: usize,
  right: usize,
  rightStep: usize,
  panels: i32,
  target: usize,
): void {
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b0 = a0
  let b1 = a0
  let b2 = a0
  let b3 = a0
  const end = left + <usize>panels * leftStep
  while (left < end) {
    const a = v128.load(right)
    const b = v128.load(right, 16)
    const x0 = v128.load(left)
    a0 = fused(a0, a, x0)
    b0 = fused(b0, b, x0)
    const x1 = v128.load(left, 16)
    a1 = fused(a1, a, x1)
    b1 = fused(b1, b, x1)
    const x2 = v128.load(left, 32)
    a2 = fused(a2, a, x2)
    b2 = fused(b2, b, x2)
    const x3 = v128.load(left, 48)
    a3 = fused(a3, a, x3)
    b3 = fused(b3, b, x3)
    left += leftStep
    right += rightStep
  }
  put(target, laneSums(a0, a1, a2, a3), true)
  put(target + 16, laneSums(b0, b1, b2, b3), true)
}

/** Four rows of the result by one column, for the column that is left over. */
function transposedFourByOne(
  left: usize,
  leftStep: usize,
  right: usize,
  rightStep: usize,
  panels: i32,
  target: usize,
): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  const end = left + <usize>panels * leftStep
  while (left < end) {
    const other = v128.load(right)
    s0 = fused(s0, other, v128.load(left))
    s1 = fused(s1, other, v128.load(left, 16))
    s2 = fused(s2, other, v128.load(left, 32))
    s3 = fused(s3, other, v128.load(left, 48))
    left += leftStep
    right += rightStep
  }
  put(target, laneSums(s0, s1, s2, s3), true)
}
