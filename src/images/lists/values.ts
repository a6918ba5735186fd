/** What the values of a column are like, and whether they can be labels. */
import { isPicturePath } from '../intake/paths'
import { partOfWord } from './names'

export interface ColumnValues {
  /** Rows that hold each value, in the order the values come; empty cells are left out. */
  readonly counts: ReadonlyMap<string, number>
  /** Rows with a value. */
  readonly filled: number
}

/** Counts the values of one column. */
export function valuesOf(rows: readonly (readonly string[])[], column: number): ColumnValues {
  const counts = new Map<string, number>()
  let filled = 0
  for (const row of rows) {
    const value = row[column] ?? ''
    if (value === '') continue
    counts.set(value, (counts.get(value) ?? 0) + 1)
    filled++
  }
  return { counts, filled }
}

export type ValueKind = 'words' | 'class-numbers' | 'numbers' | 'dates' | 'paths' | 'texts' | 'parts'

/** What most of a column's values are. */
export function kindOfValues({ counts }: ColumnValues): ValueKind {
  const values = [...counts.keys()].slice(0, 2000)
  const share = (holds: (value: string) => boolean): number => values.filter(holds).length / values.length
  if (values.length > 0 && share(isPartValue) === 1) return 'parts'
  if (share(isPicturePath) > 0.5 || share((value) => /^\w+:\/\//.test(value)) > 0.5) return 'paths'
  if (share((value) => date.test(value)) > 0.5) return 'dates'
  if (share((value) => measured.test(value)) > 0.9) return areClassNumbers(values) ? 'class-numbers' : 'numbers'
  return share((value) => value.length > longest) > 0.5 ? 'texts' : 'words'
}

/** Words for parts, and what AutoML's lists say where the part is still to be dealt. */
export const isPartValue = (value: string): boolean => partOfWord(value) !== null || isUnassigned(value)

/** Whether a value is the `UNASSIGNED` that AutoML's lists write for a part. */
export const isUnassigned = (value: string): boolean => /^unassigned$/i.test(value)

const date =
  /^\d{4}[-/.:]\d{1,2}([-/.:]\d{1,2})?([T ].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ].*)?$|^\d{1,2}:\d{2}(:\d{2})?$/

/** A number, also with a unit or as cameras write it: `1/125`, `f/2.8`, `50 mm`. */
const measured = /^(f\/?|iso ?)?[+-]?\d[\d.,/]*(e[+-]?\d+)?\s?(mm|cm|m|s|sec|px|kb|mb|k|°|%)?$/i

/** Characters of the longest label that is likely; longer ones are captions. */
const longest = 60

/** Numbers of classes count from 0 or 1 on and leave few out; measured ones (ISO, widths) do not. */
function areClassNumbers(values: readonly string[]): boolean {
  if (!values.every((value) => /^\d+$/.test(value))) return false
  const numbers = values.map(Number)
  const least = numbers.reduce((a, b) => Math.min(a, b))
  const most = numbers.reduce((a, b) => Math.max(a, b))
  return least <= 1 && most - least < 2 * numbers.length
}

/** Whether nearly each row has a value of its own, so that it tells photos from each other, not kinds of them. */
export const isOneEach = ({ counts, filled }: ColumnValues): boolean =>
  filled >= fewRows && counts.size > (filled < 4 * fewRows ? 0.95 : 0.8) * filled

/** With fewer rows, values may all differ by chance. */
export const fewRows = 8
