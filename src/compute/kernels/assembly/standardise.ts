import { rowAddress } from './lanes'

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
