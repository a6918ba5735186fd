/** Lists beside folders: which of the two says the labels. */
import { partOfListName, patternOfListName } from '../lists/names'
import type { ListResult } from '../lists/types'
import { labelFromPath } from './paths'

/**
 * How the folders of the photos that a list names compare with its labels: `same` where they divide the photos alike,
 * `other` where not; null where the folders are no labels, so that only the list says any.
 *
 * @param paths of the photos
 */
export function compareFolders({ photos }: ListResult, paths: readonly string[]): 'same' | 'other' | null {
  const named = [...photos].map(([place, { label }]) => ({ folder: labelFromPath(paths[place]), label }))
  if (!areLabels(new Set(named.map(({ folder }) => folder)))) return null
  const pairs = new Set(named.map(({ folder, label }) => JSON.stringify([folder, label])))
  const folders = new Set(named.map(({ folder }) => folder))
  const labels = new Set(named.map(({ label }) => label))
  return pairs.size === folders.size && pairs.size === labels.size ? 'same' : 'other'
}

/** Folders of several names that are not parts (`train`, `val`) nor shares of one heap (`images_1`, `images_2`). */
function areLabels(folders: ReadonlySet<string | null>): boolean {
  const names = [...folders].filter((folder) => folder !== null && partOfListName(folder) === null) as string[]
  const patterns = new Set(names.map(patternOfListName))
  return names.length > 1 && !(patterns.size === 1 && !patterns.has(''))
}
