// The kernel of ../kernel.ts in AssemblyScript with 128-bit SIMD. Pointers are byte addresses; strides count columns
// of panels, which are 16 bytes (four rows) each. Compiled by tools/kernels/build.mjs.

/** Panels that transposedTimes reads side by side. */
const streams: i32 = 16

function splat(pointer: usize): v128 {
  return v128.load32_splat(pointer)
}

function fused(sum: v128, left: v128, right: v128): v128 {
  return f32x4.add(sum, f32x4.mul(left, right))
}

/** Address of element (row, 0) of a matrix in panels: the lane is the row's last two bits. */
function rowAddress(data: usize, stride: i32, row: i32): usize {
  return data + ((<usize>(row >> 2) * <usize>stride) << 4) + ((<usize>(row & 3)) << 2)
}

/** The first free byte of the memory. */
export function heapBase(): usize {
  return __heap_base
}

/** Adds the deviations of `rows` row-major rows from `shift`, and their squares, to float64 sums. */
export function moments(raw: usize, rows: i32, length: i32, shift: usize, sums: usize, squares: usize): void {
  const bytes = (<usize>length) << 2
  let column = 0
  for (; column <= length - 4; column += 4) {
    const base = v128.load(shift + ((<usize>column) << 2))
    let sumLow = f64x2.splat(0)
    let sumHigh = sumLow
    let squareLow = sumLow
    let squareHigh = sumLow
    let place = raw + ((<usize>column) << 2)
    for (let row = 0; row < rows; row++) {
      const value = f32x4.sub(v128.load(place), base)
      const low = f64x2.promote_low_f32x4(value)
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3))
      sumLow = f64x2.add(sumLow, low)
      sumHigh = f64x2.add(sumHigh, high)
      squareLow = f64x2.add(squareLow, f64x2.mul(low, low))
      squareHigh = f64x2.add(squareHigh, f64x2.mul(high, high))
      place += bytes
    }
    const double = (<usize>column) << 3
    v128.store(sums + double, f64x2.add(v128.load(sums + double), sumLow))
    v128.store(sums + double, f64x2.add(v128.load(sums + double, 16), sumHigh), 16)
    v128.store(squares + double, f64x2.add(v128.load(squares + double), squareLow))
    v128.store(squares + double, f64x2.add(v128.load(squares + double, 16), squareHigh), 16)
  }
  for (; column < length; column++) {
    const double = (<usize>column) << 3
    for (let row = 0; row < rows; row++) {
      const single = (<usize>column) << 2
      const value = <f64>(load<f32>(raw + <usize>row * bytes + single) - load<f32>(shift + single))
      store<f64>(sums + double, load<f64>(sums + double) + value)
      store<f64>(squares + double, load<f64>(squares + double) + value * value)
    }
  }
}

/** (raw − mean) · scale of `rows` row-major rows into the panels at `target`. */
export function standardise(
  raw: usize,
  rows: i32,
  length: i32,
  mean: usize,
  scale: usize,
  target: usize,
  stride: i32,
): void {
  const bytes = (<usize>length) << 2
  let row = 0
  for (; row <= rows - 4; row += 4) {
    const start = raw + <usize>row * bytes
    let out = rowAddress(target, stride, row)
    let column = 0
    for (; column <= length - 4; column += 4) {
      const offset = (<usize>column) << 2
      const centre = v128.load(mean + offset)
      const factor = v128.load(scale + offset)
      const a = f32x4.mul(f32x4.sub(v128.load(start + offset), centre), factor)
      const b = f32x4.mul(f32x4.sub(v128.load(start + bytes + offset), centre), factor)
      const c = f32x4.mul(f32x4.sub(v128.load(start + 2 * bytes + offset), centre), factor)
      const d = f32x4.mul(f32x4.sub(v128.load(start + 3 * bytes + offset), centre), factor)
      storeTransposed(out, a, b, c, d)
      out += 64
    }
    for (; column < length; column++) {
      for (let lane = 0; lane < 4; lane++)
        standardiseOne(start + <usize>lane * bytes, mean, scale, column, out + ((<usize>lane) << 2))
      out += 16
    }
  }
  for (; row < rows; row++) {
    const start = raw + <usize>row * bytes
    const out = rowAddress(target, stride, row)
    for (let column = 0; column < length; column++) {
      standardiseOne(start, mean, scale, column, out + ((<usize>column) << 4))
    }
  }
}

function standardiseOne(row: usize, mean: usize, scale: usize, column: i32, target: usize): void {
  const offset = (<usize>column) << 2
  store<f32>(target, (load<f32>(row + offset) - load<f32>(mean + offset)) * load<f32>(scale + offset))
}

/** Stores the 4 × 4 block whose rows are given by columns. */
function storeTransposed(target: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5))
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 16)
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 32)
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 48)
}

/** Sums of the four vectors' lanes, one a lane. */
function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** `panels` panels of target (+)= left · right, `inner` being the columns of left. */
export function times(
  left: usize,
  leftStride: i32,
  inner: i32,
  right: usize,
  rightStride: i32,
  columns: i32,
  target: usize,
  targetStride: i32,
  panels: i32,
  accumulate: bool,
): void {
  const leftStep = (<usize>leftStride) << 4
  const targetStep = (<usize>targetStride) << 4
  let panel = 0
  for (; panel <= panels - 8; panel += 8) {
    let column = 0
    for (; column <= columns - 4; column += 4) {
      for (let pair = 0; pair < 8; pair += 2) {
        timesTwoByFour(
          left + <usize>pair * leftStep,
          leftStep,
          inner,
          right + ((<usize>column) << 4),
          rightStride,
          target + <usize>pair * targetStep + ((<usize>column) << 4),
          targetStep,
          accumulate,
        )
      }
    }
    for (; column < columns; column++) {
      timesEightByOne(
        left,
        leftStep,
        inner,
        right + ((<usize>column) << 4),
        rightStride,
        target + ((<usize>column) << 4),
        targetStep,
        accumulate,
      )
    }
    left += 8 * leftStep
    target += 8 * targetStep
  }
  for (; panel <= panels - 2; panel += 2) {
    let column = 0
    for (; column <= columns - 4; column += 4) {
      const offset = (<usize>column) << 4
      timesTwoByFour(left, leftStep, inner, right + offset, rightStride, target + offset, targetStep, accumulate)
    }
    for (; column < columns; column++) {
      const offset = (<usize>column) << 4
      timesOneByOne(left, inner, right + offset, rightStride, target + offset, accumulate)
      timesOneByOne(left + leftStep, inner, right + offset, rightStride, target + targetStep + offset, accumulate)
    }
    left += 2 * leftStep
    target += 2 * targetStep
  }
  if (panel < panels) {
    for (let column = 0; column < columns; column++) {
      const offset = (<usize>column) << 4
      timesOneByOne(left, inner, right + offset, rightStride, target + offset, accumulate)
    }
  }
}

/** One panel by one column, for what the others leave over. */
function timesOneByOne(left: usize, inner: i32, right: usize, rightStride: i32, target: usize, accumulate: bool): void {
  let sum = f32x4.splat(0)
  for (let index = 0; index < inner; index++) {
    sum = fused(sum, v128.load(left + ((<usize>index) << 4)), splat(rowAddress(right, rightStride, index)))
  }
  put(target, sum, accumulate)
}

/** Two panels by four columns: eight sums in registers. */
function timesTwoByFour(
  left: usize,
  leftStep: usize,
  inner: i32,
  right: usize,
  rightStride: i32,
  target: usize,
  targetStep: usize,
  accumulate: bool,
): void {
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b0 = a0
  let b1 = a0
  let b2 = a0
  let b3 = a0
  const rightStep = ((<usize>rightStride) << 4) - 12
  const second = left + leftStep
  const end = left + ((<usize>inner) << 4)
  const difference = second - left
  let lane = 0
  while (left < end) {
    const a = v128.load(left)
    const b = v128.load(left + difference)
    const w0 = splat(right)
    a0 = fused(a0, a, w0)
    b0 = fused(b0, b, w0)
    const w1 = v128.load32_splat(right, 16)
    a1 = fused(a1, a, w1)
    b1 = fused(b1, b, w1)
    const w2 = v128.load32_splat(right, 32)
    a2 = fused(a2, a, w2)
    b2 = fused(b2, b, w2)
    const w3 = v128.load32_splat(right, 48)
    a3 = fused(a3, a, w3)
    b3 = fused(b3, b, w3)
    left += 16
    lane = (lane + 1) & 3
    right += lane ? 4 : rightStep
  }
  if (accumulate) {
    a0 = f32x4.add(a0, v128.load(target))
    a1 = f32x4.add(a1, v128.load(target, 16))
    a2 = f32x4.add(a2, v128.load(target, 32))
    a3 = f32x4.add(a3, v128.load(target, 48))
    b0 = f32x4.add(b0, v128.load(target + targetStep))
    b1 = f32x4.add(b1, v128.load(target + targetStep, 16))
    b2 = f32x4.add(b2, v128.load(target + targetStep, 32))
    b3 = f32x4.add(b3, v128.load(target + targetStep, 48))
  }
  v128.store(target, a0)
  v128.store(target, a1, 16)
  v128.store(target, a2, 32)
  v128.store(target, a3, 48)
  v128.store(target + targetStep, b0)
  v128.store(target + targetStep, b1, 16)
  v128.store(target + targetStep, b2, 32)
  v128.store(target + targetStep, b3, 48)
}

/** Eight panels by one column, for the columns that are left over. */
function timesEightByOne(
  left: usize,
  leftStep: usize,
  inner: i32,
  right: usize,
  rightStride: i32,
  target: usize,
  targetStep: usize,
  accumulate: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  let s6 = s0
  let s7 = s0
  const rightStep = ((<usize>rightStride) << 4) - 12
  const end = left + ((<usize>inner) << 4)
  const l1 = leftStep
  const l2 = 2 * leftStep
  const l3 = 3 * leftStep
  const l4 = 4 * leftStep
  const l5 = 5 * leftStep
  const l6 = 6 * leftStep
  const l7 = 7 * leftStep
  let lane = 0
  while (left < end) {
    const weight = splat(right)
    s0 = fused(s0, v128.load(left), weight)
    s1 = fused(s1, v128.load(left + l1), weight)
    s2 = fused(s2, v128.load(left + l2), weight)
    s3 = fused(s3, v128.load(left + l3), weight)
    s4 = fused(s4, v128.load(left + l4), weight)
    s5 = fused(s5, v128.load(left + l5), weight)
    s6 = fused(s6, v128.load(left + l6), weight)
    s7 = fused(s7, v128.load(left + l7), weight)
    left += 16
    lane = (lane + 1) & 3
    right += lane ? 4 : rightStep
  }
  put(target, s0, accumulate)
  put(target + targetStep, s1, accumulate)
  put(target + 2 * targetStep, s2, accumulate)
  put(target + 3 * targetStep, s3, accumulate)
  put(target + 4 * targetStep, s4, accumulate)
  put(target + 5 * targetStep, s5, accumulate)
  put(target + 6 * targetStep, s6, accumulate)
  put(target + 7 * targetStep, s7, accumulate)
}

function put(target: usize, value: v128, accumulate: bool): void {
  v128.store(target, accumulate ? f32x4.add(v128.load(target), value) : value)
}

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

/** Each row of `panels` panels times its factor. */
export function scaleRows(
  source: usize,
  sourceStride: i32,
  columns: i32,
  factors: usize,
  target: usize,
  targetStride: i32,
  panels: i32,
): void {
  for (let panel = 0; panel < panels; panel++) {
    const factor = v128.load(factors)
    for (let column = 0; column < columns; column++) {
      const offset = (<usize>column) << 4
      v128.store(target + offset, f32x4.mul(v128.load(source + offset), factor))
    }
    source += (<usize>sourceStride) << 4
    target += (<usize>targetStride) << 4
    factors += 16
  }
}

/**
 * Logits to residuals weight · (softmax − one-hot label), and each row's curvature weight · (1 − Σ p²) / columns.
 * Returns Σ weight · cross-entropy and adds the rows that are right to the 32-bit counter at `correct`.
 */
export function softmax(
  logits: usize,
  stride: i32,
  columns: i32,
  labels: usize,
  weights: usize,
  curvature: usize,
  correct: usize,
  panels: i32,
): f64 {
  let loss = f64x2.splat(0)
  let right = 0
  const share = f32x4.splat(<f32>1 / <f32>columns)
  for (let panel = 0; panel < panels; panel++) {
    let greatest = v128.load(logits)
    for (let column = 1; column < columns; column++) {
      greatest = f32x4.pmax(greatest, v128.load(logits + ((<usize>column) << 4)))
    }
    const own = f32x4(
      load<f32>(logits + ((<usize>load<i32>(labels)) << 4)),
      load<f32>(logits + ((<usize>load<i32>(labels, 4)) << 4), 4),
      load<f32>(logits + ((<usize>load<i32>(labels, 8)) << 4), 8),
      load<f32>(logits + ((<usize>load<i32>(labels, 12)) << 4), 12),
    )
    let total = f32x4.splat(0)
    for (let column = 0; column < columns; column++) {
      const place = logits + ((<usize>column) << 4)
      const power = exponential(f32x4.sub(v128.load(place), greatest))
      total = f32x4.add(total, power)
      v128.store(place, power)
    }
    const weight = v128.load(weights)
    const inverse = f32x4.div(f32x4.splat(1), total)
    let squares = f32x4.splat(0)
    for (let column = 0; column < columns; column++) {
      const place = logits + ((<usize>column) << 4)
      const probability = f32x4.mul(v128.load(place), inverse)
      squares = fused(squares, probability, probability)
      v128.store(place, f32x4.mul(weight, probability))
    }
    v128.store(curvature, f32x4.mul(f32x4.mul(weight, f32x4.sub(f32x4.splat(1), squares)), share))
    const behind = f32x4.sub(greatest, own)
    const rowLoss = f32x4.mul(weight, f32x4.add(logarithm(total), behind))
    loss = f64x2.add(loss, f64x2.promote_low_f32x4(rowLoss))
    loss = f64x2.add(loss, f64x2.promote_low_f32x4(v128.shuffle<f32>(rowLoss, rowLoss, 2, 3, 2, 3)))
    for (let lane = 0; lane < 4; lane++) {
      const offset = (<usize>lane) << 2
      const place = logits + ((<usize>load<i32>(labels + offset)) << 4) + offset
      store<f32>(place, load<f32>(place) - load<f32>(weights + offset))
    }
    const isRight = v128.and(f32x4.le(behind, f32x4.splat(0)), f32x4.gt(weight, f32x4.splat(0)))
    right += popcnt<i32>(i32x4.bitmask(isRight))
    logits += (<usize>stride) << 4
    labels += 16
    weights += 16
    curvature += 16
  }
  store<i32>(correct, load<i32>(correct) + right)
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1)
}

/**
 * exp of values at most zero, to about 2 units in the last place: 2^n · e^r with |r| ≤ ln 2 / 2 and the Taylor series
 * of e^r to the seventh power. Below −87 it gives exp(−87), about 1e-38.
 */
function exponential(value: v128): v128 {
  const bounded = f32x4.pmax(value, f32x4.splat(-87))
  // Adding 1.5 · 2^23 rounds to a whole number and leaves it in the low bits.
  const rounder = f32x4.splat(12582912)
  const rounded = fused(rounder, bounded, f32x4.splat(1.4426950408889634))
  const whole = f32x4.sub(rounded, rounder)
  // ln 2 in two parts, the first with few bits, so that whole · high is exact.
  let rest = f32x4.sub(bounded, f32x4.mul(whole, f32x4.splat(0.693359375)))
  rest = f32x4.add(rest, f32x4.mul(whole, f32x4.splat(2.12194440054690583e-4)))
  let series = f32x4.splat(1.0 / 5040)
  series = fused(f32x4.splat(1.0 / 720), series, rest)
  series = fused(f32x4.splat(1.0 / 120), series, rest)
  series = fused(f32x4.splat(1.0 / 24), series, rest)
  series = fused(f32x4.splat(1.0 / 6), series, rest)
  series = fused(f32x4.splat(0.5), series, rest)
  series = fused(f32x4.splat(1), series, rest)
  series = fused(f32x4.splat(1), series, rest)
  const exponent = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23)
  return f32x4.mul(series, exponent)
}

/**
 * Natural logarithm of values of at least one: exponent · ln 2 + ln of a mantissa m in [√½, √2), the latter by the
 * series of 2 artanh((m − 1) / (m + 1)).
 */
function logarithm(value: v128): v128 {
  // √½ in bits; taking it off first rounds the exponent to the nearest power of two.
  const shifted = i32x4.sub(value, i32x4.splat(0x3f3504f3))
  const exponent = i32x4.shr_s(shifted, 23)
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3))
  const one = f32x4.splat(1)
  const ratio = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one))
  const square = f32x4.mul(ratio, ratio)
  let series = f32x4.splat(2.0 / 9)
  series = fused(f32x4.splat(2.0 / 7), series, square)
  series = fused(f32x4.splat(2.0 / 5), series, square)
  series = fused(f32x4.splat(2.0 / 3), series, square)
  series = fused(f32x4.splat(2), series, square)
  return fused(f32x4.mul(series, ratio), f32x4.convert_i32x4_s(exponent), f32x4.splat(0.6931471805599453))
}
