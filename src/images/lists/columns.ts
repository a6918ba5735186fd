/** Which column holds the labels: what distinguishes photos by kind; the headings are a hint. */
import { isLabelName, isOtherName, isPerhapsLabelName } from './names'
import { isOneEach, kindOfValues, type ColumnValues } from './values'

export interface ColumnCandidate {
  readonly column: number
  readonly score: number
  /** Whether its heading is a usual one for labels. */
  readonly named: boolean
  /** Whether its values are words, which say more than numbers. */
  readonly words: boolean
}

interface LabelColumn {
  readonly column: number
  /** null where the list has no headings. */
  readonly name: string | null
  readonly values: ColumnValues
}

/** A column of less is not proposed. */
const least = 1.5

/**
 * Columns that may hold labels, best first. Never those with one value for all, a value for each photo, or measured
 * numbers; few values that come again, words, and usual headings make a column likelier.
 */
export function labelCandidates(columns: readonly LabelColumn[]): ColumnCandidate[] {
  return columns
    .flatMap((column) => candidate(column, columns.length === 1) ?? [])
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || a.column - b.column)
}

function candidate({ column, name, values }: LabelColumn, alone: boolean): ColumnCandidate | null {
  const kind = kindOfValues(values)
  const named = name !== null && isLabelName(name)
  const words = kind === 'words'
  const numbers = kind === 'class-numbers' || (kind === 'numbers' && named && areWhole(values))
  if (values.counts.size < 2 || isOneEach(values) || !(words || numbers)) return null
  const hint = name === null ? 0 : named ? 3 : isOtherName(name) ? -3 : isPerhapsLabelName(name) ? 1 : 0
  const repeated = values.counts.size <= values.filled / 2 ? 1 : 0
  return { column, named, words, score: hint + repeated + (words ? 1.5 : 0) + (alone ? 1.5 : 0) }
}

/** Class numbers of which only some are in the list. */
const areWhole = ({ counts }: ColumnValues): boolean => [...counts.keys()].every((value) => /^\d+$/.test(value))

/** How sure it is that the first is meant. */
export function confidenceOf([first, second]: readonly (ColumnCandidate | undefined)[]): 'sure' | 'likely' | 'guess' {
  if (first === undefined) return 'guess'
  if (second === undefined || (first.named && !second.named)) return 'sure'
  const lead = first.score - second.score
  return lead >= 1 ? 'likely' : 'guess'
}
