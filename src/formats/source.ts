import type { SourceFile } from './types'

/** A dropped or picked file; nothing is read before `slice`. */
export function blobFile(path: string, blob: Blob): SourceFile {
  return {
    path,
    size: blob.size,
    blob,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }
}

/** A file that is already in memory; `bytes` must not change any more. */
export function memoryFile(path: string, bytes: Uint8Array): SourceFile {
  return {
    path,
    size: bytes.byteLength,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.subarray(start, end))),
  }
}

/** All bytes of a file, a fresh copy. */
export function readAll(file: SourceFile): Promise<Uint8Array<ArrayBuffer>> {
  return file.slice(0, file.size)
}

/** The whole file as UTF-8, without a byte order mark. */
export async function readText(file: SourceFile): Promise<string> {
  return new TextDecoder().decode(await readAll(file))
}

/** The directory part of a path, without a slash at its end; '' for a file that was dropped by itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `name` in the same folder as `path`. */
export function beside(path: string, name: string): string {
  const folder = folderOf(path)
  return folder === '' ? name : `${folder}/${name}`
}

/** Bytes in words: `812 bytes`, `3.1 MB`. */
export function inWords(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB', 'PB']
  if (bytes < 1000) return `${bytes} bytes`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length)
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1]}`
}
