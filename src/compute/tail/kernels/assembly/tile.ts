import { panelColumns, rowTable, spareTile } from './scratch'

/** What is known of a row of the panel at hand. */
@unmanaged
export class Row {
  /** Address of its first column in the target. */
  target: usize
  /** Address of the picture it reads, and its place there before a tap moves it. */
  picture: usize
  y: i32
  x: i32
}

export function rowAt(index: i32): Row {
  return changetype<Row>(rowTable() + ((<usize>index) << 5))
}

/**
 * `columns` columns, from `column` of the target on, of the rows in the table: left panel · right panels, the panels `inner`
 * deep (even) and packed as in pack.ts.
 */
export function panel(left: usize, right: usize, inner: i32, rows: i32, column: i32, columns: i32, add: bool): void {
  const step = (<usize>inner) << 5
  for (let done = 0; done < columns; done += panelColumns) {
    const width = min(panelColumns, columns - done)
    const offset = (<usize>(column + done)) << 2
    if (rows == 4 && width == panelColumns) {
      tile(
        left,
        right,
        inner,
        rowAt(0).target + offset,
        rowAt(1).target + offset,
        rowAt(2).target + offset,
        rowAt(3).target + offset,
        add,
      )
    } else {
      const spare = spareTile()
      tile(left, right, inner, spare, spare + 32, spare + 64, spare + 96, false)
      for (let row = 0; row < rows; row++) {
        const from = spare + ((<usize>row) << 5)
        const to = rowAt(row).target + offset
        for (let at: usize = 0; at < (<usize>width) << 2; at += 4) {
          const value = load<f32>(from + at)
          store<f32>(to + at, add ? load<f32>(to + at) + value : value)
        }
      }
    }
    right += step
  }
}

/**
 * Four rows by eight columns: eight sums in registers, two steps of the inner dimension a turn. The test between them is
 * never true: it keeps the engine from mixing the two steps, for which it has too few registers.
 */
function tile(left: usize, right: usize, inner: i32, r0: usize, r1: usize, r2: usize, r3: usize, add: bool): void {
  let a0 = f32x4.splat(0)
  let a1 = a0
  let b0 = a0
  let b1 = a0
  let c0 = a0
  let c1 = a0
  let d0 = a0
  let d1 = a0
  const end = left + ((<usize>inner) << 6)
  while (left < end) {
    {
      const low = v128.load(right)
      const high = v128.load(right, 16)
      const a = v128.load(left)
      a0 = f32x4.add(a0, f32x4.mul(a, low))
      a1 = f32x4.add(a1, f32x4.mul(a, high))
      const b = v128.load(left, 16)
      b0 = f32x4.add(b0, f32x4.mul(b, low))
      b1 = f32x4.add(b1, f32x4.mul(b, high))
      const c = v128.load(left, 32)
      c0 = f32x4.add(c0, f32x4.mul(c, low))
      c1 = f32x4.add(c1, f32x4.mul(c, high))
      const d = v128.load(left, 48)
      d0 = f32x4.add(d0, f32x4.mul(d, low))
      d1 = f32x4.add(d1, f32x4.mul(d, high))
    }
    if (left == 0) break
    {
      const low = v128.load(right, 32)
      const high = v128.load(right, 48)
      const a = v128.load(left, 64)
      a0 = f32x4.add(a0, f32x4.mul(a, low))
      a1 = f32x4.add(a1, f32x4.mul(a, high))
      const b = v128.load(left, 80)
      b0 = f32x4.add(b0, f32x4.mul(b, low))
      b1 = f32x4.add(b1, f32x4.mul(b, high))
      const c = v128.load(left, 96)
      c0 = f32x4.add(c0, f32x4.mul(c, low))
      c1 = f32x4.add(c1, f32x4.mul(c, high))
      const d = v128.load(left, 112)
      d0 = f32x4.add(d0, f32x4.mul(d, low))
      d1 = f32x4.add(d1, f32x4.mul(d, high))
    }
    left += 128
    right += 64
  }
  put(r0, a0, a1, add)
  put(r1, b0, b1, add)
  put(r2, c0, c1, add)
  put(r3, d0, d1, add)
}

function put(target: usize, low: v128, high: v128, add: bool): void {
  if (add) {
    low = f32x4.add(low, v128.load(target))
    high = f32x4.add(high, v128.load(target, 16))
  }
  v128.store(target, low)
  v128.store(target, high, 16)
}
