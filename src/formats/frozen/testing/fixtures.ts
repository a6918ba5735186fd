import { readdirSync, readFileSync } from 'node:fs'
import { diskFile } from '../../testing/files'
import type { SourceFile } from '../../types'

const fixtures = new URL('../fixtures/', import.meta.url)

/** The folders that tools/fixtures/make_frozen.py makes. */
export const frozenNames = readdirSync(fixtures)

/** A fixture's files, as if its folder was dropped. */
export function frozenFiles(name: string): SourceFile[] {
  return readdirSync(new URL(`${name}/`, fixtures))
    .filter((file) => file !== 'expected.json')
    .map((file) => diskFile(new URL(`${name}/${file}`, fixtures), `${name}/${file}`))
}

/** How an input's values are made: scale · sin(step · i) + offset at position i. */
export interface Wave {
  readonly shape: readonly number[]
  readonly scale: number
  readonly step: number
  readonly offset: number
}

/** A tensor as TensorFlow computes it; of long ones, one value in `every`. */
export interface FrozenOutput {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly data: readonly (number | string)[]
  readonly every?: number
}

export interface FrozenExpected {
  readonly inputs: Readonly<Record<string, Wave>>
  readonly outputs: Readonly<Record<string, FrozenOutput>>
}

/** The inputs of a fixture and the values that TensorFlow computes from them. */
export function frozenExpected(name: string): FrozenExpected {
  return parse(new URL(`${name}/expected.json`, fixtures))
}

/** TensorFlow's values for the frozen graph of ../shared. */
export function mobilenetExpected(): FrozenExpected {
  return parse(new URL('mobilenet-v1.json', import.meta.url))
}

function parse(url: URL): FrozenExpected {
  return JSON.parse(readFileSync(url, 'utf8')) as FrozenExpected
}

/** All values of a wave, in row-major order. */
export function waveValues({ shape, scale, step, offset }: Wave): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1)
  return Float32Array.from({ length: count }, (_, i) => scale * Math.sin(step * i) + offset)
}
