/** Lists of file and label (CSV), as data sets bring them along. */
import Papa from 'papaparse'
import { labelFromFolder } from '../labels'
import { isPicturePath } from '../intake/paths'

export interface LabelList {
  /** Label for each file that has a row, by its place among the files. */
  readonly labels: ReadonlyMap<number, string>
  /** Rows that cannot be used, each with the reason. */
  readonly problems: readonly string[]
}

const fileHeaders = /^(file|filename|file[ _]name|image|image[ _]name|image[ _]id|picture|photo|path|name|id)$/i
const labelHeaders = /^(label|labels|class|class[ _]name|category|target|species|name)$/i

/**
 * Reads a list against the files that came with it. A file is named by its path or by the end of it, with or without
 * its ending. A first row of headings is optional. null where the list names none of the files: then it is about
 * something else.
 *
 * @param paths of the files
 */
export function readLabelList(text: string, paths: readonly string[]): LabelList | null {
  const rows = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' }).data.map((row) =>
    row.map((cell) => cell.trim()),
  )
  const find = finder(paths)
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length))
  const [best] = Array.from({ length: width }, (_, column) => ({
    column,
    hits: rows.slice(0, 1000).filter((row) => find(row[column] ?? '') !== undefined).length,
  })).sort((a, b) => b.hits - a.hits)
  if (width < 2 || best.hits === 0) return null

  const hasHeader = find(rows[0][best.column] ?? '') === undefined && isHeader(rows[0], best.column)
  const label = labelColumn(hasHeader ? rows[0] : [], best.column)
  const labels = new Map<number, string>()
  const problems: string[] = []
  rows.forEach((row, index) => {
    if (hasHeader && index === 0) return
    const name = row[best.column] ?? ''
    const file = find(name)
    const given = labelFromFolder(row[label] ?? '')
    if (file === undefined) problems.push(`Row ${index + 1}: “${name}” is not among the files.`)
    else if (given === null) problems.push(`Row ${index + 1}: “${name}” has no label.`)
    else if ((labels.get(file) ?? given) !== given) {
      problems.push(`Row ${index + 1}: “${name}” has a label already, “${labels.get(file) ?? ''}”.`)
    } else labels.set(file, given)
  })
  return { labels, problems }
}

/** Headings name the column, or at least do not look like a picture's file. */
const isHeader = (row: readonly string[], file: number): boolean =>
  fileHeaders.test(row[file] ?? '') || !isPicturePath(row[file] ?? '')

function labelColumn(headings: readonly string[], file: number): number {
  const named = headings.findIndex((heading, column) => column !== file && labelHeaders.test(heading))
  return named >= 0 ? named : file === 0 ? 1 : 0
}

/**
 * Finds a file by what a list calls it: by its path, by the end of that, or by a longer one, for a list may name folders
 * above what was dropped. A name that fits several files fits none.
 */
function finder(paths: readonly string[]): (name: string) => number | undefined {
  const whole = new Map<string, number | null>()
  const byEnd = new Map<string, number | null>()
  const note = (known: Map<string, number | null>, name: string, place: number): void => {
    known.set(name, known.has(name) && known.get(name) !== place ? null : place)
  }
  paths.forEach((path, place) => {
    const names = plain(path).split('/')
    names.forEach((_, from) => {
      const end = names.slice(from).join('/')
      for (const name of [end, withoutEnding(end)]) {
        note(byEnd, name, place)
        if (from === 0) note(whole, name, place)
      }
    })
  })
  return (given) => {
    const names = plain(given).split('/')
    const longer = names.map((_, from) => whole.get(names.slice(from).join('/')))
    return byEnd.get(names.join('/')) ?? longer.find((place) => typeof place === 'number') ?? undefined
  }
}

const plain = (path: string): string =>
  path
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')

const withoutEnding = (path: string): string => path.replace(/\.[a-z0-9]{2,5}$/, '')
