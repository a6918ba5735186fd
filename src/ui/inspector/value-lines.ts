/** Where the values of a weight stand in a table of short lines, and which lines of a long table are seen. */

/** Values side by side. */
const across = 4
/** The tallest element browsers scroll without trouble, in pixels. */
const tallest = 4_000_000

export interface ValueLine {
  /** Position of its first value in C order. */
  readonly from: number
  readonly count: number
  /** Index of its first value, one number for each axis. */
  readonly index: readonly number[]
}

export interface Lines {
  readonly count: number
  at(line: number): ValueLine
}

/** The values of a weight in lines of at most four; no line runs over the end of a row of the last axes. */
export function linesOf(shape: readonly number[]): Lines {
  const elements = shape.reduce((product, size) => product * size, 1)
  const row = rowLength(shape)
  const linesInRow = Math.ceil(row / across)
  return {
    count: elements === 0 ? 0 : (elements / row) * linesInRow,
    at: (line) => {
      const start = (line % linesInRow) * across
      const from = Math.floor(line / linesInRow) * row + start
      return { from, count: Math.min(across, row - start), index: indexOf(from, shape) }
    },
  }
}

/** Product of the last axes, as many as are needed to fill a line. */
function rowLength(shape: readonly number[]): number {
  let length = 1
  for (const size of [...shape].reverse()) {
    if (length >= across) break
    length *= size
  }
  return Math.max(1, length)
}

/** The index of the value at a position in C order. */
export function indexOf(position: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length).fill(0)
  let rest = position
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]
    rest = Math.floor(rest / shape[axis])
  }
  return index
}

/** The position in C order of an index such as `2, 0, 14`; null for one that is outside. Missing axes count as 0. */
export function positionOf(text: string, shape: readonly number[]): number | null {
  const numbers = text.split(/[^\d]+/).filter(Boolean)
  if (numbers.length === 0 || numbers.length > shape.length) return null
  let position = 0
  for (const [axis, size] of shape.entries()) {
    const at = Number(numbers.at(axis) ?? 0)
    if (at >= size) return null
    position = position * size + at
  }
  return position
}

/** The line that holds the value at a position. */
export function lineOf(position: number, shape: readonly number[]): number {
  const row = rowLength(shape)
  return Math.floor(position / row) * Math.ceil(row / across) + Math.floor((position % row) / across)
}

/** A long table as it is scrolled: heights in pixels. */
export interface ScrolledTable {
  readonly lines: number
  readonly lineHeight: number
  /** Height of what is seen of it. */
  readonly seen: number
}

/** Height of the element that is scrolled: all lines', as far as browsers can. */
export const scrolledHeight = ({ lines, lineHeight }: ScrolledTable): number => Math.min(tallest, lines * lineHeight)

/** How far the table can be moved, if all of it stood there. */
const reach = ({ lines, lineHeight, seen }: ScrolledTable): number => Math.max(0, lines * lineHeight - seen)
/** How far the element can be scrolled. */
const room = (table: ScrolledTable): number => Math.max(0, scrolledHeight(table) - table.seen)

/** The place in the whole table for a place of the scroll bar. */
export function placeAt(scrollTop: number, table: ScrolledTable): number {
  return room(table) === 0 ? 0 : (Math.min(scrollTop, room(table)) / room(table)) * reach(table)
}

/** The place of the scroll bar for a place in the whole table. */
export function scrollFor(place: number, table: ScrolledTable): number {
  return reach(table) === 0 ? 0 : (clampPlace(place, table) / reach(table)) * room(table)
}

/** The nearest place there is. */
export const clampPlace = (place: number, table: ScrolledTable): number => Math.max(0, Math.min(reach(table), place))

/** The lines seen at a place, and how far above the upper edge the first of them begins. */
export function seenAt(place: number, table: ScrolledTable): { first: number; count: number; above: number } {
  const first = Math.min(Math.floor(place / table.lineHeight), Math.max(0, table.lines - 1))
  const above = place - first * table.lineHeight
  return { first, above, count: Math.min(table.lines - first, Math.ceil((table.seen + above) / table.lineHeight)) }
}
