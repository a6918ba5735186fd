import { chunkOf, closeLeft, closeRight, evenDepth, packRight, packRow } from './pack'
import { mostColumns, mostInner, packedLeft, packedRight, panelRows } from './scratch'
import { panel, rowAt } from './tile'

/**
 * target `[rows, columns]` (+)= a · b. Numbers of a stand `aRow` and `aColumn` bytes apart, those of b `bRow` and `bColumn`,
 * rows of the target `targetRow`.
 */
export function product(
  rows: i32,
  inner: i32,
  columns: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  target: usize,
  targetRow: usize,
  accumulate: bool,
): void {
  const left = packedLeft()
  const right = packedRight()
  const most = chunkOf(inner, mostInner)
  for (let column = 0; column < columns; column += mostColumns) {
    const width = min(mostColumns, columns - column)
    for (let from = 0; from < inner; from += most) {
      const count = min(most, inner - from)
      const depth = evenDepth(count)
      packRight(b + <usize>from * bRow + <usize>column * bColumn, bRow, bColumn, count, width, right, depth)
      closeRight(right, count, width, depth)
      for (let row = 0; row < rows; row += panelRows) {
        const height = min(panelRows, rows - row)
        for (let at = 0; at < height; at++) {
          rowAt(at).target = target + <usize>(row + at) * targetRow
          packRow(a + <usize>(row + at) * aRow + <usize>from * aColumn, aColumn, count, left + ((<usize>at) << 4))
        }
        closeLeft(left, count, height)
        panel(left, right, depth, height, column, width, accumulate || from > 0)
      }
    }
  }
}
