// Sums over the middle of wide tensors `[outer, middle, inner]`. A few hundred lines are added up as float32, those sums as
// float64. Numbers that are not side by side in the sum are gone through line by line, as they lie in memory.
import { lineSums, lineTotals, mostSums } from './scratch'

/** Lines that are added up as float32. */
const shortRun = 256

/** What is added up: x, x · dy, or (x − mean) · dy. */
enum Value {
  plain,
  product,
  deviation,
}

/** narrow target (+)= factor · Σ wide */
export function sum(
  outer: i32,
  middle: i32,
  inner: i32,
  wide: usize,
  factor: f64,
  target: usize,
  accumulate: bool,
): void {
  if (inner == 1) sumsOfRuns(Value.plain, outer, middle, wide, wide, 0, target, factor, accumulate)
  else sumsOfLines(Value.plain, outer, middle, inner, wide, wide, 0, target, factor, accumulate)
}

/** narrow target (+)= Σ a · b */
export function sumOfProducts(
  outer: i32,
  middle: i32,
  inner: i32,
  a: usize,
  b: usize,
  target: usize,
  accumulate: bool,
): void {
  if (inner == 1) sumsOfRuns(Value.product, outer, middle, a, b, 0, target, 1, accumulate)
  else sumsOfLines(Value.product, outer, middle, inner, a, b, 0, target, 1, accumulate)
}

/** narrow target += Σ (x − mean) · dy */
export function sumOfDeviations(
  outer: i32,
  middle: i32,
  inner: i32,
  x: usize,
  mean: usize,
  dy: usize,
  target: usize,
): void {
  if (inner == 1) sumsOfRuns(Value.deviation, outer, middle, x, dy, mean, target, 1, true)
  else sumsOfLines(Value.deviation, outer, middle, inner, x, dy, mean, target, 1, true)
}

function sumsOfLines(
  kind: Value,
  outer: i32,
  middle: i32,
  inner: i32,
  x: usize,
  dy: usize,
  mean: usize,
  target: usize,
  factor: f64,
  accumulate: bool,
): void {
  const bytes = (<usize>inner) << 2
  const block = (<usize>mostSums) << 2
  for (let o = 0; o < outer; o++) {
    for (let from: usize = 0; from < bytes; from += block) {
      const width = min(block, bytes - from)
      memory.fill(lineTotals(), 0, width << 1)
      for (let line = 0; line < middle; line += shortRun) {
        memory.fill(lineSums(), 0, width)
        const end = min(line + shortRun, middle)
        for (let at = line; at < end; at++) {
          const own = <usize>at * bytes + from
          addLine(kind, x + own, dy + own, mean + from, width)
        }
        flush(width)
      }
      give(target + from, width, factor, accumulate)
    }
    x += <usize>middle * bytes
    dy += <usize>middle * bytes
    mean += bytes
    target += bytes
  }
}

function addLine(kind: Value, x: usize, dy: usize, mean: usize, bytes: usize): void {
  const sums = lineSums()
  let at: usize = 0
  if (kind == Value.plain) {
    for (; at + 16 <= bytes; at += 16) {
      v128.store(sums + at, f32x4.add(v128.load(sums + at), v128.load(x + at)))
    }
  } else if (kind == Value.product) {
    for (; at + 16 <= bytes; at += 16) {
      const value = f32x4.mul(v128.load(x + at), v128.load(dy + at))
      v128.store(sums + at, f32x4.add(v128.load(sums + at), value))
    }
  } else {
    for (; at + 16 <= bytes; at += 16) {
      const value = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(dy + at))
      v128.store(sums + at, f32x4.add(v128.load(sums + at), value))
    }
  }
  for (; at < bytes; at += 4) {
    let value = load<f32>(x + at)
    if (kind == Value.product) value *= load<f32>(dy + at)
    if (kind == Value.deviation) value = (value - load<f32>(mean + at)) * load<f32>(dy + at)
    store<f32>(sums + at, load<f32>(sums + at) + value)
  }
}

/** Adds the lines' sums to the totals. */
function flush(bytes: usize): void {
  const sums = lineSums()
  const totals = lineTotals()
  for (let at: usize = 0; at < bytes; at += 4) {
    const total = totals + (at << 1)
    store<f64>(total, load<f64>(total) + <f64>load<f32>(sums + at))
  }
}

function give(target: usize, bytes: usize, factor: f64, accumulate: bool): void {
  for (let at: usize = 0; at < bytes; at += 4) {
    const own: f64 = accumulate ? load<f32>(target + at) : 0
    store<f32>(target + at, <f32>(own + factor * load<f64>(lineTotals() + (at << 1))))
  }
}

/** Of inner 1: what is added up lies side by side. */
function sumsOfRuns(
  kind: Value,
  outer: i32,
  middle: i32,
  x: usize,
  dy: usize,
  mean: usize,
  target: usize,
  factor: f64,
  accumulate: bool,
): void {
  const bytes = (<usize>middle) << 2
  for (let o = 0; o < outer; o++) {
    const centre: f32 = kind == Value.deviation ? load<f32>(mean) : 0
    const centres = f32x4.splat(centre)
    let low = f64x2.splat(0)
    let high = f64x2.splat(0)
    let at: usize = 0
    for (; at + 16 <= bytes; at += 16) {
      let value = v128.load(x + at)
      if (kind == Value.deviation) value = f32x4.sub(value, centres)
      if (kind != Value.plain) value = f32x4.mul(value, v128.load(dy + at))
      low = f64x2.add(low, f64x2.promote_low_f32x4(value))
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3)))
    }
    low = f64x2.add(low, high)
    let total = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)
    for (; at < bytes; at += 4) {
      let value = load<f32>(x + at) - centre
      if (kind != Value.plain) value *= load<f32>(dy + at)
      total += <f64>value
    }
    const own: f64 = accumulate ? load<f32>(target) : 0
    store<f32>(target, <f32>(own + factor * total))
    x += bytes
    dy += bytes
    mean += 4
    target += 4
  }
}

/** The sum of `count` numbers' squares. */
export function squares(values: usize, count: i32): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  const end = values + ((<usize>count) << 2)
  for (; values + 16 <= end; values += 16) {
    const value = v128.load(values)
    const first = f64x2.promote_low_f32x4(value)
    const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(second, second))
  }
  low = f64x2.add(low, high)
  let total = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)
  for (; values < end; values += 4) {
    const value = <f64>load<f32>(values)
    total += value * value
  }
  return total
}
