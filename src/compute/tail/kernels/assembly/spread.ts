// Wide tensors `[outer, middle, inner]` beside narrow ones `[outer, inner]`: see `Spread` in ../types.ts. Lines go four
// numbers at a time, and the rest one by one.

/** target = wide + narrow */
export function add(outer: i32, middle: i32, inner: i32, wide: usize, narrow: usize, target: usize): void {
  const bytes = (<usize>inner) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      let at: usize = 0
      for (; at < whole; at += 16) v128.store(target + at, f32x4.add(v128.load(wide + at), v128.load(narrow + at)))
      for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(wide + at) + load<f32>(narrow + at))
      wide += bytes
      target += bytes
    }
    narrow += bytes
  }
}

/** target (+)= wide · narrow */
export function multiply(
  outer: i32,
  middle: i32,
  inner: i32,
  wide: usize,
  narrow: usize,
  target: usize,
  accumulate: bool,
): void {
  const bytes = (<usize>inner) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      let at: usize = 0
      for (; at < whole; at += 16) put(target + at, f32x4.mul(v128.load(wide + at), v128.load(narrow + at)), accumulate)
      for (; at < bytes; at += 4) putOne(target + at, load<f32>(wide + at) * load<f32>(narrow + at), accumulate)
      wide += bytes
      target += bytes
    }
    narrow += bytes
  }
}

/** target = wide · scale + offset */
export function scaleOffset(
  outer: i32,
  middle: i32,
  inner: i32,
  wide: usize,
  scale: usize,
  offset: usize,
  target: usize,
): void {
  const bytes = (<usize>inner) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      let at: usize = 0
      for (; at < whole; at += 16) {
        const scaled = f32x4.mul(v128.load(wide + at), v128.load(scale + at))
        v128.store(target + at, f32x4.add(scaled, v128.load(offset + at)))
      }
      for (; at < bytes; at += 4) {
        store<f32>(target + at, load<f32>(wide + at) * load<f32>(scale + at) + load<f32>(offset + at))
      }
      wide += bytes
      target += bytes
    }
    scale += bytes
    offset += bytes
  }
}

/** target (+)= factor · narrow */
export function spread(
  outer: i32,
  middle: i32,
  inner: i32,
  narrow: usize,
  factor: f32,
  target: usize,
  accumulate: bool,
): void {
  const bytes = (<usize>inner) << 2
  const whole = bytes & ~15
  const factors = f32x4.splat(factor)
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      let at: usize = 0
      for (; at < whole; at += 16) put(target + at, f32x4.mul(v128.load(narrow + at), factors), accumulate)
      for (; at < bytes; at += 4) putOne(target + at, load<f32>(narrow + at) * factor, accumulate)
      target += bytes
    }
    narrow += bytes
  }
}

/** Of inner 1: each number of the narrow tensor beside a line of the wide one. */
export function addEach(outer: i32, middle: i32, wide: usize, narrow: usize, target: usize): void {
  const bytes = (<usize>middle) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    const value = load<f32>(narrow)
    const values = f32x4.splat(value)
    let at: usize = 0
    for (; at < whole; at += 16) v128.store(target + at, f32x4.add(v128.load(wide + at), values))
    for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(wide + at) + value)
    wide += bytes
    target += bytes
    narrow += 4
  }
}

/** Of inner 1: target (+)= wide · narrow */
export function multiplyEach(
  outer: i32,
  middle: i32,
  wide: usize,
  narrow: usize,
  target: usize,
  accumulate: bool,
): void {
  const bytes = (<usize>middle) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    const value = load<f32>(narrow)
    const values = f32x4.splat(value)
    let at: usize = 0
    for (; at < whole; at += 16) put(target + at, f32x4.mul(v128.load(wide + at), values), accumulate)
    for (; at < bytes; at += 4) putOne(target + at, load<f32>(wide + at) * value, accumulate)
    wide += bytes
    target += bytes
    narrow += 4
  }
}

function put(target: usize, value: v128, accumulate: bool): void {
  v128.store(target, accumulate ? f32x4.add(v128.load(target), value) : value)
}

function putOne(target: usize, value: f32, accumulate: bool): void {
  store<f32>(target, accumulate ? load<f32>(target) + value : value)
}

/** Of inner 1: target (+)= factor · narrow */
export function spreadEach(outer: i32, middle: i32, narrow: usize, factor: f32, target: usize, accumulate: bool): void {
  const bytes = (<usize>middle) << 2
  const whole = bytes & ~15
  for (let o = 0; o < outer; o++) {
    const value = load<f32>(narrow) * factor
    const values = f32x4.splat(value)
    let at: usize = 0
    for (; at < whole; at += 16) put(target + at, values, accumulate)
    for (; at < bytes; at += 4) putOne(target + at, value, accumulate)
    target += bytes
    narrow += 4
  }
}
