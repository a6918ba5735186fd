import { readdirSync, readFileSync } from 'node:fs'
import type { FrozenExpected } from '../../frozen/testing/fixtures'
import { diskFile } from '../../testing/files'
import type { SourceFile } from '../../types'

const fixtures = new URL('../fixtures/', import.meta.url)

/** The files that tools/fixtures/make_checkpoints.py makes, as if their folder was dropped. */
export function metaGraphFiles(name: string): SourceFile[] {
  return readdirSync(new URL(`${name}/`, fixtures))
    .filter((file) => file !== 'expected.json')
    .map((file) => diskFile(new URL(`${name}/${file}`, fixtures), `${name}/${file}`))
}

/** The inputs of a fixture and the values that TensorFlow computes from them. */
export function metaGraphExpected(name: string): FrozenExpected {
  return JSON.parse(readFileSync(new URL(`${name}/expected.json`, fixtures), 'utf8')) as FrozenExpected
}
