/** Lists beside folders: which of the two says the labels. */
import { partOfListName, patternOfListName } from '../lists/names'
import type { ListResult } from '../lists/types'
import { kindOfNames } from './folders'
import { findLevels, labelAt } from './levels'
import { partsOfFolders } from './parts'

/**
 * How the folders of the photos that a list names compare with its labels: `same` where they divide the photos alike,
 * `other` where not; null where the folders are no labels, so that only the list says any.
 *
 * @param paths of the photos
 */
export function compareFolders({ photos }: ListResult, paths: readonly string[]): 'same' | 'other' | null {
  const folders = labelsOfFolders([...photos.keys()].map((place) => paths[place].split('/').slice(0, -1)))
  const named = [...photos.values()].map(({ label }, at) => ({ folder: folders[at], label }))
  const different = new Set(folders)
  if (!areLabels(different)) return null
  const pairs = new Set(named.map(({ folder, label }) => JSON.stringify([folder, label])))
  const labels = new Set(named.map(({ label }) => label))
  return pairs.size === different.size && pairs.size === labels.size ? 'same' : 'other'
}

function labelsOfFolders(folders: readonly (readonly string[])[]): (string | null)[] {
  const rest = partsOfFolders(folders, () => undefined)?.rest ?? folders
  const option = findLevels(rest).options.at(0)
  return rest.map((names) => labelAt(names, option?.depths ?? [0]))
}

/** Folders of several names that are not parts, dates and the like, nor shares of one heap (`images_1`, `images_2`). */
function areLabels(folders: ReadonlySet<string | null>): boolean {
  const names = [...folders].flatMap((folder) => (folder !== null && partOfListName(folder) === null ? [folder] : []))
  const patterns = new Set(names.map(patternOfListName))
  return names.length > 1 && kindOfNames(names) !== 'aside' && !(patterns.size === 1 && !patterns.has(''))
}
