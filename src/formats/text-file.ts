import type { WrittenFile } from './types'

/** A text as a file to be written. */
export function textFile(path: string, text: string): WrittenFile {
  return { path, bytes: new TextEncoder().encode(text) }
}
