/** What lists dropped with photos are about, and how they are best read. */
import { groupBy } from '../group-by'
import { labelIn } from './apply'
import { confidenceOf, labelCandidates, type ColumnCandidate } from './columns'
import { isBoxName, isSubmissionName, partOfListName, partOfWord, patternOfListName } from './names'
import { numbersTogether, type NumbersFound } from './numbers'
import { placeFinder, type FindPlace } from './places'
import { fileColumnOf, placesIn, rowsOf, widthOf, type JoinedList } from './rows'
import type { LabelSource, ListKind, ListReading, ListTable, PartSource, PhotoList } from './types'
import { kindOfValues, valuesOf, type ColumnValues } from './values'

/**
 * Looks at lists beside the photos at `paths`. Those with the same columns and like names are taken together, so that a
 * label in the list of each folder, or a part in each list's name, can be seen.
 */
export function examineLists(tables: readonly ListTable[], paths: readonly string[]): PhotoList[] {
  const find = placeFinder(paths)
  const known = tables.map((table) => ({ table, files: fileColumnOf(table, paths.length, find) }))
  const groups = groupBy(known, ({ table, files }) =>
    files === null
      ? JSON.stringify([table.path])
      : JSON.stringify([files.column, files.headed ? table.rows[0] : widthOf(table), patternOfListName(table.path)]),
  )
  return [...groups.values()].map((group) => {
    const [{ files }] = group
    const own = group.map(({ table }) => table)
    if (files === null) return unrelated(own)
    return examine(joined(own, files.headed), files.column, find)
  })
}

function joined(tables: readonly ListTable[], headed: boolean): JoinedList {
  return {
    paths: tables.map(({ path }) => path),
    headings: headed ? tables[0].rows[0] : null,
    rows: tables.flatMap((table) => rowsOf(table, headed)),
    width: Math.max(...tables.map(widthOf)),
  }
}

const unrelated = (tables: readonly ListTable[]): PhotoList => ({
  paths: tables.map(({ path }) => path),
  kind: 'unrelated',
  columns: [],
  rows: tables.reduce((sum, { rows }) => sum + rows.length, 0),
  reading: null,
  photos: 0,
  labels: [],
  confidence: 'guess',
})

interface ExaminedColumn {
  readonly column: number
  readonly name: string | null
  readonly values: ColumnValues
}

function examine(list: JoinedList, file: number, find: FindPlace): PhotoList {
  const cells = list.rows.map((row) => row.cells)
  const all = Array.from({ length: list.width }, (_, column) => ({
    column,
    name: list.headings?.[column] ?? null,
    values: valuesOf(cells, column),
  }))
  const places = all.map(({ column }) => placesIn(list.rows, column, find))
  const found = meant(list, file, all)
  const named = places[file]
  const kind = found.kind === 'labels' ? kindByRows(list, named, found.label) : found.kind
  const reading: ListReading = {
    file,
    label: kind === 'labels' ? found.label : null,
    part: partSource(list, all, file),
  }
  return {
    paths: list.paths,
    kind: kind === 'unclear' && reading.part ? 'parts' : kind,
    columns: all.map(({ column, name, values }) => ({
      name,
      examples: [...values.counts.keys()].slice(0, mostExamples),
      distinct: values.counts.size,
      photos: new Set(places[column].filter((place) => place !== undefined)).size,
      role: roleOf(column, reading),
    })),
    rows: list.rows.length,
    reading,
    photos: new Set(named.filter((place) => place !== undefined)).size,
    labels: reading.label ? labelCounts(list, named, reading.label) : [],
    confidence: found.confidence,
  }
}

const mostExamples = 3

function roleOf(column: number, { file, label, part }: ListReading): PhotoList['columns'][number]['role'] {
  if (column === file) return 'file'
  if (label?.kind === 'column' ? label.column === column : label?.columns.includes(column)) return 'label'
  return part?.kind === 'column' && part.column === column ? 'part' : 'ignored'
}

interface Meant {
  readonly kind: ListKind
  readonly label: LabelSource | null
  readonly confidence: PhotoList['confidence']
}

/** What the columns beside the file's are for. */
function meant(list: JoinedList, file: number, all: readonly ExaminedColumn[]): Meant {
  const others = all.filter(({ column }) => column !== file)
  const candidates = labelCandidates(others)
  const [best] = candidates as readonly (ColumnCandidate | undefined)[]
  const nothing = (kind: ListKind): Meant => ({ kind, label: null, confidence: 'guess' })
  if (list.paths.every(isSubmissionName)) return nothing('submission')
  const rows = list.rows.map((row) => row.cells)
  const numbers = best?.named && best.words ? null : numbersTogether(rows, others)
  if (numbers?.kind === 'one-hot' && list.headings !== null) {
    return { kind: 'labels', label: numbers, confidence: 'sure' }
  }
  if (best && (best.named || numbers === null)) {
    if (list.headings === null && sharesValues(all, candidates)) return nothing('several')
    const label: LabelSource = { kind: 'column', column: best.column }
    return { kind: joinsLabels(all[best.column]) ? 'several' : 'labels', label, confidence: confidenceOf(candidates) }
  }
  return nothing(kindOfNumbers(numbers) ?? (isForm(list, others) ? 'submission' : 'unclear'))
}

function kindOfNumbers(found: NumbersFound | null): ListKind | null {
  if (found === null || found.kind === 'one-hot') return null
  return found.kind === 'constant' ? 'submission' : found.kind
}

/** Every photo has the same in all columns: to be filled in. */
const isForm = (list: JoinedList, others: readonly ExaminedColumn[]): boolean =>
  list.rows.length > 2 && others.length > 0 && others.every(({ values }) => values.counts.size === 1)

/** Whether two columns of a list without headings hold the same words: then photos have several labels. */
function sharesValues(
  all: readonly ExaminedColumn[],
  [first, second]: readonly (ColumnCandidate | undefined)[],
): boolean {
  if (first === undefined || second === undefined) return false
  const known = all[first.column].values.counts
  return [...all[second.column].values.counts.keys()].some((value) => known.has(value))
}

/** Whether cells hold several labels with a sign between, of which each comes again elsewhere. */
function joinsLabels({ values: { counts } }: ExaminedColumn): boolean {
  const values = [...counts.keys()]
  const joinedValues = values.filter((value) => /[|;,]/.test(value))
  if (joinedValues.length < 2) return false
  const pieces = joinedValues.flatMap((value) => value.split(/[|;,]/).map((piece) => piece.trim()))
  const again = [...groupBy(pieces, (piece) => piece)].flatMap(([piece, same]) =>
    counts.has(piece) || same.length > 1 ? same : [],
  )
  return again.length > pieces.length / 2
}

/** Whether photos have one row each, and one label: else it is a list of boxes, or of several labels. */
function kindByRows(list: JoinedList, places: readonly (number | undefined)[], label: LabelSource | null): ListKind {
  const labels = new Map<number, string | null>()
  const doubtful = new Set<number>()
  list.rows.forEach((row, at) => {
    const place = places[at]
    if (place === undefined || label === null) return
    const given = labelIn(row, label, list.headings ?? [])
    if (!labels.has(place)) labels.set(place, given)
    else if (labels.get(place) !== given) doubtful.add(place)
  })
  if (doubtful.size < fewDoubtful || doubtful.size < labels.size / 10) return 'labels'
  return (list.headings ?? []).some(isBoxName) ? 'boxes' : 'several'
}

/** So few photos with two labels are mistakes. */
const fewDoubtful = 3

/** Parts are only taken where there are at least two: a lone `train.csv` leaves nothing to evaluate with. */
function partSource(list: JoinedList, all: readonly ExaminedColumn[], file: number): PartSource | null {
  const column = all.find((one) => one.column !== file && kindOfValues(one.values) === 'parts')
  if (column) {
    const said = new Set([...column.values.counts.keys()].map(partOfWord).filter((part) => part !== null))
    if (said.size > 1) return { kind: 'column', column: column.column }
  }
  const said = new Set(list.paths.map(partOfListName))
  return said.size > 1 && !said.has(null) ? { kind: 'name' } : null
}

function labelCounts(
  list: JoinedList,
  places: readonly (number | undefined)[],
  source: LabelSource,
): { label: string; photos: number }[] {
  const photos = new Map<string, Set<number>>()
  list.rows.forEach((row, at) => {
    const place = places[at]
    const label = labelIn(row, source, list.headings ?? [])
    if (place === undefined || label === null) return
    const known = photos.get(label) ?? new Set<number>()
    photos.set(label, known.add(place))
  })
  return [...photos].map(([label, { size }]) => ({ label, photos: size })).sort((a, b) => b.photos - a.photos)
}
