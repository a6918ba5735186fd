/** The tree of dropped folders, as it is shown to choose the level of the labels. */
import { groupBy } from '../group-by'
import type { FolderNode, Folders } from './types'

/** Folders shown side by side; of the rest the number is told. */
const mostShown = 8

/**
 * The folders and what each is.
 *
 * @param partDepth the depth of folders that say the part; null for none
 * @param level depths of the labels, not counting that of the parts
 */
export function treeOf(
  folders: readonly (readonly string[])[],
  partDepth: number | null,
  level: readonly number[],
): Folders {
  const roleAt = (depth: number): FolderNode['role'] => {
    if (depth === partDepth) return 'part'
    return level.includes(partDepth !== null && depth > partDepth ? depth - 1 : depth) ? 'label' : null
  }
  return foldersAt(folders, 0, roleAt)
}

function foldersAt(
  folders: readonly (readonly string[])[],
  depth: number,
  roleAt: (depth: number) => FolderNode['role'],
): Folders {
  const inFolders = folders.filter((names) => names.length > depth)
  const groups = [...groupBy(inFolders, (names) => names[depth])]
  const shown = groups.slice(0, mostShown).map(([name, inside]) => ({
    name,
    photos: inside.length,
    role: roleAt(depth),
    ...foldersAt(inside, depth + 1, roleAt),
  }))
  return { folders: shown, more: groups.length - shown.length }
}
