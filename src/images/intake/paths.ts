/** What paths of dropped files say. */

/**
 * The path of a file in an archive, seen as if the archive had been unpacked where it lies: `dogs/a.zip` and
 * `rex/1.jpg` give `dogs/rex/1.jpg`. The archive's own name is no folder.
 */
export function pathOutOfArchive(archive: string, inside: string): string {
  return [...segments(archive).slice(0, -1), ...segments(inside)].join('/')
}

/** Names along a path, without empty ones and dots. */
function segments(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.' && name !== '..')
}

/** Whether a name ends as pictures' names do. */
export const isPicturePath = (path: string): boolean =>
  /\.(jpe?g|jfif|png|gif|bmp|webp|avif|heic|heif|tiff?|jxl|ico)$/i.test(path)
