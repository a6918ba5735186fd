import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Work } from '../../../graph/optimise/types'
import { fixturesFrom, openGraph, type StoredFixtures } from './packed'

const read = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(gunzipSync(readFileSync(new URL(`../fixtures/${name}.gz`, import.meta.url))))

/** The fixtures, with a function that gives the values of what is stored. */
export const tailFixtures = (): StoredFixtures => fixturesFrom(read('tail.json'), read('values.bin'))

/** A frozen graph of the fixtures. */
export function fixtureGraph(name: string): Promise<Work> {
  return openGraph(read(`${name}.pb`))
}
