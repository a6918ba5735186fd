import { uniform } from '../../random'
import { shuffled } from '../head/random'
import { selectRows, type TrainingRows } from '../head/training-rows'

/** The share of a label's photos that is set aside. */
const share = 0.2

export interface SetAside {
  readonly training: TrainingRows
  readonly held: TrainingRows
}

/**
 * Photos of each label that are set aside from those that are trained on, a fifth and at least one, as long as others are
 * left; what belongs together stays together, and changed copies are not looked at. null where a label has too few.
 */
export function setAside(rows: TrainingRows, length: number, seed: number): SetAside | null {
  const aside = new Set<number>()
  for (const label of new Set(rows.classes)) {
    const own = [...new Set(rows.units.filter((_, row) => rows.classes[row] === label))]
    const count = Math.max(1, Math.round(share * own.length))
    if (own.length < 2 * count) return null
    for (const place of shuffled(own.length, uniform(seed + label)).subarray(0, count)) aside.add(own[place])
  }
  const seen = new Set<number>()
  const isFirstOfPhoto = (row: number): boolean => seen.size < seen.add(rows.photos[row]).size
  return {
    training: selectRows(rows, length, (row) => !aside.has(rows.units[row])),
    held: selectRows(rows, length, (row) => aside.has(rows.units[row]) && isFirstOfPhoto(row)),
  }
}
