import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { memoryFile } from '../source'
import type { ReadContext, SourceFile } from '../types'

/** A context that reports to nobody and is never cancelled. */
export const quiet: ReadContext = { progress: () => undefined, checkCancelled: () => undefined }

/** Real models beside the repository; tests that want them skip where they are absent. */
export const sharedModels = new URL('../../../../shared/models/', import.meta.url)
/** Whether they are there. */
export const hasSharedModels = existsSync(sharedModels)

const fixtures = new URL('../fixtures/', import.meta.url)

/** One file from disk, as if dropped under `path`. */
export function diskFile(url: URL, path: string): SourceFile {
  return memoryFile(path, new Uint8Array(readFileSync(url)))
}

/** The files of a fixture's folder, as if the folder was dropped; `folder` '' drops them without it. */
export function fixtureFiles(name: string, folder = name): SourceFile[] {
  return readdirSync(new URL(`${name}/`, fixtures))
    .filter((file) => file !== 'expected.json')
    .map((file) => diskFile(new URL(`${name}/${file}`, fixtures), folder === '' ? file : `${folder}/${file}`))
}

/** Every fixture's folder that has what TensorFlow says of it. */
export const fixtureNames = readdirSync(fixtures).filter((name) =>
  existsSync(new URL(`${name}/expected.json`, fixtures)),
)

export interface ExpectedTensor {
  shape: number[]
  dtype: string
  data: (number | boolean | string)[]
}

/** What TensorFlow and NumPy say of a fixture (tools/fixtures/make_graph_models.py). */
export interface ExpectedOfFixture {
  weights: Record<string, ExpectedTensor>
  inputs: Record<string, ExpectedTensor>
  outputs: Record<string, ExpectedTensor>
}

/** What stands in a fixture's `expected.json`. */
export function expectedOf(name: string): ExpectedOfFixture {
  return JSON.parse(readFileSync(new URL(`${name}/expected.json`, fixtures), 'utf8')) as ExpectedOfFixture
}

/** Text as a file. */
export function textFile(path: string, text: string): SourceFile {
  return memoryFile(path, new TextEncoder().encode(text))
}

/** JSON as a file. */
export function jsonFile(path: string, value: unknown): SourceFile {
  return textFile(path, JSON.stringify(value))
}
