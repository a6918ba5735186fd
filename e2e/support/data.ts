import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Real models and photos that lie beside the project on some machines; tests that need them skip without. */
export const shared = resolve('../shared')
export const hasShared = existsSync(join(shared, 'models/tfjs'))
export const noShared = 'needs the folder ../shared'

/** The built-in model and pictures, as files on disk. */
export const sampleModelFolder = resolve('public/models/efficientnet-lite0')
export const samplesFolder = resolve('public/samples')

export interface SampleIndex {
  readonly labels: readonly string[]
  readonly images: readonly { file: string; label: string; group: string; part: 'train' | 'test' }[]
  readonly tryOut: readonly { file: string; label: string }[]
}

export function sampleIndex(): SampleIndex {
  return JSON.parse(readFileSync(join(samplesFolder, 'index.json'), 'utf8')) as SampleIndex
}

/** Files of a folder, by full path, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
}
