/** Columns of numbers that say something together: one-hot labels, several labels, probabilities. */
import type { ColumnValues } from './values'

export type NumbersFound =
  | { readonly kind: 'one-hot'; readonly columns: readonly number[] }
  | { readonly kind: 'several' | 'probabilities' | 'constant' }

interface NumberColumn {
  readonly column: number
  readonly values: ColumnValues
}

/** Share of the rows that may break the rule. */
const tolerated = 0.02

/** Flags of which it is tried whether one of them is about something else. */
const mostTried = 12

/**
 * What columns say together: `one-hot` where each row has exactly one 1, `several` where it has more, `probabilities`
 * where they sum to 1, `constant` where all rows are the same. null where they are about nothing in common.
 *
 * @param rows without headings
 */
export function numbersTogether(
  rows: readonly (readonly string[])[],
  columns: readonly NumberColumn[],
): NumbersFound | null {
  const flags = columns
    .filter(({ values }) => values.counts.size > 0 && every(values, isFlag))
    .map(({ column }) => column)
  const without = flags.length > mostTried ? [] : flags.map((left) => flags.filter((column) => column !== left))
  const hot = [flags, ...without].find((some) => isOneHot(rows, some))
  if (hot) return { kind: 'one-hot', columns: hot }
  const shares = columns.filter(({ values }) => values.counts.size > 0 && every(values, isShare))
  if (shares.length >= 2 && isForm(rows, shares)) return { kind: 'constant' }
  if (flags.length >= 3 && shareOf(rows, (row) => onesOf(row, flags) > 1) > tolerated) return { kind: 'several' }
  const sums = shares.map(({ column }) => column)
  const summed = shareOf(rows, (row) => Math.abs(sumOf(row, sums) - 1) < 0.03)
  return sums.length >= 2 && summed > 1 - tolerated ? { kind: 'probabilities' } : null
}

/** The same in all rows. */
const isForm = (rows: readonly (readonly string[])[], columns: readonly NumberColumn[]): boolean =>
  rows.length > 1 && columns.every(({ values }) => values.counts.size === 1 && values.filled === rows.length)

function isOneHot(rows: readonly (readonly string[])[], columns: readonly number[]): boolean {
  if (columns.length < 2) return false
  const used = columns.filter((column) => rows.some((row) => Number(row[column]) === 1))
  return used.length >= 2 && shareOf(rows, (row) => onesOf(row, columns) === 1) >= 1 - tolerated
}

const isFlag = (value: string): boolean => Number(value) === 0 || Number(value) === 1
const isShare = (value: string): boolean => Number(value) >= 0 && Number(value) <= 1

const every = ({ counts }: ColumnValues, holds: (value: string) => boolean): boolean => [...counts.keys()].every(holds)

const onesOf = (row: readonly string[], columns: readonly number[]): number =>
  columns.filter((column) => Number(row[column] ?? '') === 1).length

const sumOf = (row: readonly string[], columns: readonly number[]): number =>
  columns.reduce((sum, column) => sum + Number(row[column] ?? ''), 0)

const shareOf = (rows: readonly (readonly string[])[], holds: (row: readonly string[]) => boolean): number =>
  rows.length === 0 ? 0 : rows.filter(holds).length / rows.length
