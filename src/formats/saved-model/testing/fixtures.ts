import { readdirSync, readFileSync } from 'node:fs'
import { diskFile, type ExpectedTensor } from '../../testing/files'
import type { SourceFile } from '../../types'

const fixtures = new URL('../fixtures/', import.meta.url)

/** Names of the fixtures. */
export const savedModelNames = readdirSync(fixtures)

/** The files of a fixture, as if its folder was dropped. */
export function savedModelFiles(name: string): SourceFile[] {
  const folder = new URL(`${name}/`, fixtures)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.json')
    .map((entry) => `${entry.parentPath.slice(folder.pathname.length)}/${entry.name}`.replace(/^\//, ''))
    .map((path) => diskFile(new URL(path, folder), `${name}/${path}`))
}

/** What TensorFlow computes (tools/fixtures/make_saved_models.py). */
export interface SavedModelExpected {
  /** What is opened, where it has to be said. */
  readonly part?: string
  /** By the keys of the signature. */
  readonly inputs: Record<string, ExpectedTensor>
  /** By names of tensors, or keys of the signature. */
  readonly tensors: Record<string, ExpectedTensor>
}

/** What TensorFlow computes for a fixture, from its `expected.json`. */
export function savedModelExpected(name: string): SavedModelExpected {
  return JSON.parse(readFileSync(new URL(`${name}/expected.json`, fixtures), 'utf8')) as SavedModelExpected
}

/** What to pass to `openModel` besides the files. */
export function savedModelChoice(name: string): { choose?: string } {
  const { part } = savedModelExpected(name)
  return part === undefined ? {} : { choose: `${name}/saved_model.pb#${part}` }
}
