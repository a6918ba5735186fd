/** Rows of lists with the photos they name. */
import { isPicturePath } from '../intake/paths'
import { isFileName } from './names'
import type { FindPlace } from './places'
import type { ListTable } from './types'

/** Lists that are read as one, with the same columns. */
export interface JoinedList {
  readonly paths: readonly string[]
  /** null where the first row is one like the others. */
  readonly headings: readonly string[] | null
  readonly rows: readonly ListRow[]
  readonly width: number
}

export interface ListRow {
  readonly path: string
  /** Counted from 1, as in an editor, with the headings. */
  readonly number: number
  readonly cells: readonly string[]
}

/**
 * The place of the photo that each row names in a column; undefined where it names none. Where some names are whole
 * ends of paths, those that only end alike mean other photos; else all have to differ above the same number of names,
 * and two names never mean one photo.
 */
export function placesIn(rows: readonly ListRow[], column: number, find: FindPlace): (number | undefined)[] {
  const found = rows.map(({ cells, path }) => find(cells[column] ?? '', path))
  if (found.some((one) => one?.whole)) return found.map((one) => (one?.whole ? one.place : undefined))
  const longest = found.reduce((most, one) => Math.max(most, one?.tail ?? 0), 0)
  const claimed = new Map<number, string | null>()
  rows.forEach(({ cells }, at) => {
    const one = found[at]
    const name = cells[column] ?? ''
    if (one?.tail === longest) claimed.set(one.place, (claimed.get(one.place) ?? name) === name ? name : null)
  })
  return found.map((one) => (one?.tail === longest && claimed.get(one.place) !== null ? one.place : undefined))
}

/** The column that names photos, and whether the table begins with headings; null where none does. */
export function fileColumnOf(
  table: ListTable,
  photos: number,
  find: FindPlace,
): { readonly column: number; readonly headed: boolean } | null {
  const rows = rowsOf(table, false)
  const width = widthOf(table)
  const counted = Array.from({ length: width }, (_, column) => {
    const places = placesIn(rows, column, find)
    const named = new Set(places.filter((place) => place !== undefined)).size
    const hits = places.filter((place) => place !== undefined).length
    const sure = rows.some(({ cells }, at) => places[at] !== undefined && isName(cells[column] ?? ''))
    return { column, named: sure || 2 * hits >= rows.length || 2 * named >= photos ? named : 0 }
  })
  const heading = (column: number): number => (isFileName(table.rows[0]?.[column] ?? '') ? 1 : 0)
  const best = counted
    .filter(({ named }) => named > 0)
    .sort((a, b) => b.named - a.named || heading(b.column) - heading(a.column))
    .at(0)
  return best === undefined ? null : { column: best.column, headed: hasHeadings(table, best.column, find) }
}

/** Names that are no accident, as a number or a short word can be. */
const isName = (value: string): boolean =>
  isPicturePath(value) || /[/\\]/.test(value) || (value.length >= 6 && /\d/.test(value) && /\D/.test(value))

/** Headings name the column, or at least are not like a picture's name. */
export function hasHeadings(table: ListTable, column: number, find: FindPlace): boolean {
  const cell = table.rows[0]?.[column] ?? ''
  if (isFileName(cell)) return true
  return find(cell, table.path) === undefined && !isPicturePath(cell) && !/\d/.test(cell) && cell !== ''
}

/** The rows of a table with their numbers; `headed` leaves out the first. */
export const rowsOf = ({ path, rows }: ListTable, headed: boolean): ListRow[] =>
  rows.slice(headed ? 1 : 0).map((cells, at) => ({ path, cells, number: at + (headed ? 2 : 1) }))

/** Cells in the longest row. */
export const widthOf = ({ rows }: ListTable): number => rows.reduce((most, row) => Math.max(most, row.length), 0)
