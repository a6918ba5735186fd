// Functions of four numbers at once, to a few units in the last place. What is not a number stays so.

/**
 * e^x, or e^x − 1 accurate also near zero: 2^n · e^r with |r| ≤ ln 2 / 2 and the Taylor series of e^r to the eighth power.
 * Below −87 it is that of −87, about 1e-38; above 88.8 infinite.
 */
export function exponential(x: v128, lessOne: bool): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-87))
  const whole = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)))
  // ln 2 in two parts, the first with few bits, so that whole · high is exact.
  let rest = f32x4.sub(bounded, f32x4.mul(whole, f32x4.splat(0.693359375)))
  rest = f32x4.add(rest, f32x4.mul(whole, f32x4.splat(2.12194440054690583e-4)))
  let series = f32x4.splat(1.0 / 40320)
  series = term(series, rest, 1.0 / 5040)
  series = term(series, rest, 1.0 / 720)
  series = term(series, rest, 1.0 / 120)
  series = term(series, rest, 1.0 / 24)
  series = term(series, rest, 1.0 / 6)
  series = term(series, rest, 0.5)
  series = f32x4.add(rest, f32x4.mul(f32x4.mul(rest, rest), series))
  // 2^128 is no float32: the power is taken in two halves.
  const power = i32x4.trunc_sat_f32x4_s(whole)
  const half = i32x4.shr_s(power, 1)
  const first = powerOfTwo(half)
  const second = powerOfTwo(i32x4.sub(power, half))
  const one = f32x4.splat(1)
  if (!lessOne) return f32x4.mul(f32x4.mul(f32x4.add(series, one), first), second)
  return f32x4.add(f32x4.mul(f32x4.mul(series, first), second), f32x4.sub(f32x4.mul(first, second), one))
}

/** ln(1 + x) of 0 ≤ x ≤ 1: 2 artanh(x / (2 + x)) as a series of odd powers of at most a third. */
export function logarithmOfOneAnd(x: v128): v128 {
  const ratio = f32x4.div(x, f32x4.add(x, f32x4.splat(2)))
  const square = f32x4.mul(ratio, ratio)
  let series = f32x4.splat(2.0 / 15)
  series = term(series, square, 2.0 / 13)
  series = term(series, square, 2.0 / 11)
  series = term(series, square, 2.0 / 9)
  series = term(series, square, 2.0 / 7)
  series = term(series, square, 2.0 / 5)
  series = term(series, square, 2.0 / 3)
  series = term(series, square, 2)
  return f32x4.mul(series, ratio)
}

function term(series: v128, x: v128, next: f32): v128 {
  return f32x4.add(f32x4.splat(next), f32x4.mul(series, x))
}

function powerOfTwo(whole: v128): v128 {
  return i32x4.shl(i32x4.add(whole, i32x4.splat(127)), 23)
}
