/** For tests: the files of `fixtures/`, made by tools/fixtures/images.py. */
import { readFileSync } from 'node:fs'

/** The bytes of one of those files. */
export function fixture(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
}
