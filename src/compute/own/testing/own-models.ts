import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../fixtures', import.meta.url))

/** Files of a small model that people bring to be a head, with their paths. */
export const ownModels = {
  vector: ['vector.keras'],
  'vector-tfjs': ['vector-tfjs/model.json', 'vector-tfjs/group1-shard1of1.bin'],
  map: ['map.h5'],
  wide: ['wide.keras'],
} as const

/** Where such a file lies. */
export const ownPath = (path: string): string => `${folder}/${path}`

/** A small model as it is dropped. */
export const ownFiles = (name: keyof typeof ownModels): { path: string; blob: Blob }[] =>
  ownModels[name].map((path) => ({ path: basename(path), blob: new Blob([readFileSync(ownPath(path))]) }))

interface Curve {
  readonly before: string
  readonly losses: readonly number[]
  readonly after: string
}

interface Steps {
  readonly batch: number
  readonly rate: number
  readonly labels: readonly number[]
  readonly order: readonly number[]
  readonly maps: string
  readonly vector: Curve
  readonly map: Curve
}

/** What Keras makes of them in 50 steps. */
export const kerasSteps = (): Steps => JSON.parse(readFileSync(ownPath('steps.json'), 'utf8')) as Steps

/** Floats from base64. */
export function floats(base64: string): Float32Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  return new Float32Array(bytes.buffer)
}
