import { fused } from './lanes'

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
    // What is not a number has a logarithm by its bits; the difference keeps it in the loss.
    const surplus = f32x4.add(logarithm(total), f32x4.sub(total, total))
    const rowLoss = f32x4.mul(weight, f32x4.add(surplus, behind))
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
