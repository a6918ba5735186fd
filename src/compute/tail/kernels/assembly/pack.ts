// How the factors of a product are packed. The left one in panels of four rows: each number four times, so that one load
// fills a register with it, row by row within a step of the inner dimension. The right one in panels of eight columns.
import { panelColumns } from './scratch'

/** The inner depth of packed panels: even, since a tile takes two steps a turn. */
export function evenDepth(inner: i32): i32 {
  return (inner + 1) & ~1
}

/** How much of the inner dimension is packed at once, so that its parts are alike. */
export function chunkOf(inner: i32, most: i32): i32 {
  const chunks = (inner + most - 1) / most
  return (inner + chunks - 1) / chunks
}

/** `count` numbers of a row of the left factor, `step` bytes apart, to `target`, which begins at the row's own lane. */
export function packRow(source: usize, step: usize, count: i32, target: usize): void {
  let left = count
  for (; left >= 4; left -= 4) {
    v128.store(target, v128.load32_splat(source))
    v128.store(target, v128.load32_splat(source + step), 64)
    v128.store(target, v128.load32_splat(source + 2 * step), 128)
    v128.store(target, v128.load32_splat(source + 3 * step), 192)
    source += 4 * step
    target += 256
  }
  for (; left > 0; left--) {
    v128.store(target, v128.load32_splat(source))
    source += step
    target += 64
  }
}

/** Zeros in place of `count` numbers of a row of the left factor. */
export function packZeros(count: i32, target: usize): void {
  const zero = f32x4.splat(0)
  for (; count > 0; count--) {
    v128.store(target, zero)
    target += 64
  }
}

/** The last step of panels of odd depth, and the rows that a panel lacks. */
export function closeLeft(left: usize, inner: i32, rows: i32): void {
  for (let row = rows; row < 4; row++) packZeros(inner, left + ((<usize>row) << 4))
  if (inner & 1) memory.fill(left + ((<usize>inner) << 6), 0, 64)
}

/**
 * `count` steps of the inner dimension by `columns` columns of the right factor, whose numbers stand `row` and `column`
 * bytes apart, to the panels at `target`, which are `depth` deep.
 */
export function packRight(
  source: usize,
  row: usize,
  column: usize,
  count: i32,
  columns: i32,
  target: usize,
  depth: i32,
): void {
  for (let done = 0; done < columns; done += panelColumns) {
    const width = min(panelColumns, columns - done)
    if (width < panelColumns) packNarrow(source, row, column, count, width, target)
    else if (column == 4) packRows(source, row, count, target)
    else if (row == 4) packColumns(source, column, count, target)
    else packNarrow(source, row, column, count, width, target)
    source += panelColumns * column
    target += (<usize>depth) << 5
  }
}

/** The last step of panels of odd depth. */
export function closeRight(right: usize, inner: i32, columns: i32, depth: i32): void {
  if (inner == depth) return
  right += (<usize>inner) << 5
  for (let done = 0; done < columns; done += panelColumns) {
    memory.fill(right, 0, 32)
    right += (<usize>depth) << 5
  }
}

/** Eight columns side by side. */
function packRows(source: usize, row: usize, count: i32, target: usize): void {
  for (; count > 0; count--) {
    v128.store(target, v128.load(source))
    v128.store(target, v128.load(source, 16), 16)
    source += row
    target += 32
  }
}

/** Eight columns whose own numbers stand side by side. */
function packColumns(source: usize, column: usize, count: i32, target: usize): void {
  for (; count >= 4; count -= 4) {
    turn(source, column, target)
    turn(source + 4 * column, column, target + 16)
    source += 16
    target += 128
  }
  if (count > 0) packNarrow(source, 4, column, count, panelColumns, target)
}

/** Four numbers of each of four columns. */
function turn(source: usize, column: usize, target: usize): void {
  const a = v128.load(source)
  const b = v128.load(source + column)
  const c = v128.load(source + 2 * column)
  const d = v128.load(source + 3 * column)
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5))
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 32)
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64)
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96)
}

/** Any steps, and fewer columns than a panel has: zeros in place of the rest. */
function packNarrow(source: usize, row: usize, column: usize, count: i32, width: i32, target: usize): void {
  for (; count > 0; count--) {
    for (let at = 0; at < panelColumns; at++) {
      store<f32>(target + ((<usize>at) << 2), at < width ? load<f32>(source + <usize>at * column) : 0)
    }
    source += row
    target += 32
  }
}
