/** What paths of dropped files say: which are junk, and which label a picture belongs to. */
import { labelFromFolder } from '../labels'

/** Files that systems leave behind in folders and archives, and that nobody means to drop. */
export function isJunk(path: string): boolean {
  const names = segments(path)
  const file = names.at(-1) ?? ''
  return names.includes('__MACOSX') || file.startsWith('._') || junkFiles.has(file.toLowerCase())
}

const junkFiles: ReadonlySet<string> = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '.localized'])

/**
 * The label a path stands for: the name of the folder directly above the picture, whatever folders are above that
 * (`train/cats/1.jpg` and `cats/1.jpg` are both of `cats`). A folder that holds only folders is therefore no label.
 * null for a picture loose at the top.
 */
export function labelFromPath(path: string): string | null {
  const folder = segments(path).at(-2)
  return folder === undefined ? null : labelFromFolder(folder)
}

/**
 * The path of a file in an archive, seen as if the archive had been unpacked where it lies: `dogs/a.zip` and
 * `rex/1.jpg` give `dogs/rex/1.jpg`. The archive's own name is no folder.
 */
export function pathOutOfArchive(archive: string, inside: string): string {
  return [...segments(archive).slice(0, -1), ...segments(inside)].join('/')
}

/** Names along a path, with either slash (zips made on Windows have backslashes), without empty ones and dots. */
function segments(path: string): string[] {
  return path.split(/[/\\]/).filter((name) => name !== '' && name !== '.' && name !== '..')
}

/** Whether a name ends as pictures' names do. */
export const isPicturePath = (path: string): boolean =>
  /\.(jpe?g|jfif|png|gif|bmp|webp|avif|heic|heif|tiff?|jxl|ico)$/i.test(path)
