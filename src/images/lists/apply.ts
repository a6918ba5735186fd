/** A list read in a chosen way: what it says of each photo. */
import type { Part } from '../../types'
import { labelFromFolder } from '../labels'
import { partOfListName, partOfWord } from './names'
import { placeFinder } from './places'
import { hasHeadings, placesIn, rowsOf, type ListRow } from './rows'
import type { LabelSource, ListReading, ListResult, ListedPhoto, ListTable, PartSource } from './types'

/**
 * What lists with the same columns say of the photos, read in this way. The first row of a photo counts; others that say
 * something else are told, as are rows without a photo or a label.
 *
 * @param paths of the photos
 */
export function applyReading(tables: readonly ListTable[], paths: readonly string[], reading: ListReading): ListResult {
  const find = placeFinder(paths)
  const tops = tables.map((table) => (hasHeadings(table, reading.file, find) ? table.rows[0] : null))
  const rows = tables.flatMap((table, at) => rowsOf(table, tops[at] !== null))
  const headings = tops.find((top) => top !== null) ?? []
  const places = placesIn(rows, reading.file, find)
  const photos = new Map<number, ListedPhoto>()
  const problems: { path: string; reason: string }[] = []
  rows.forEach((row, at) => {
    const place = places[at]
    const name = row.cells[reading.file] ?? ''
    const problem = (what: string): unknown =>
      problems.push({ path: row.path, reason: `Row ${row.number}: “${name}” ${what}` })
    if (place === undefined) return problem('is not among the files.')
    const label = reading.label && labelIn(row, reading.label, headings)
    if (reading.label && label === null) return problem('has no label.')
    const before = photos.get(place)
    if (before && before.label !== label) return problem(`has a label already, “${before.label ?? ''}”.`)
    if (!before) photos.set(place, { label, part: reading.part && partIn(row, reading.part) })
  })
  return { photos, problems }
}

/** The label of a row, tidied; null where it has none. */
export function labelIn({ cells }: ListRow, source: LabelSource, headings: readonly string[]): string | null {
  if (source.kind === 'column') return labelFromFolder(cells[source.column] ?? '')
  const hot = source.columns.filter((column) => Number(cells[column] ?? '') === 1)
  return hot.length === 1 ? labelFromFolder(headings[hot[0]] ?? '') : null
}

const partIn = ({ cells, path }: ListRow, source: PartSource): Part | null =>
  source.kind === 'name' ? partOfListName(path) : partOfWord(cells[source.column] ?? '')
