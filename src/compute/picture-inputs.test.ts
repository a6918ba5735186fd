import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { diskFile, quiet } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import type { SourceFile } from '../formats/types'
import type { TensorValue } from '../types'
import { analyse, toOpened } from './model/analyse'
import type { AnalysedModel } from './model/types'
import { TrunkRunner } from './run/trunk-runner'

beforeAll(() => tf.setBackend('cpu'))

const fixtures = new URL('fixtures/inputs/', import.meta.url)
const expected = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as Record<string, number[]>

async function opened(files: readonly SourceFile[]): Promise<AnalysedModel> {
  return analyse(await openModel(files, quiet), () => Promise.resolve())
}

const openFixture = (name: string): Promise<AnalysedModel> =>
  opened([diskFile(new URL(`${name}.keras`, fixtures), `${name}.keras`)])

/** The bytes of some pictures, as tools/fixtures/make_inputs.py makes them. */
const pictures = (count: number, side: number): Uint8Array =>
  Uint8Array.from({ length: count * side * side * 3 }, (_, place) => Math.imul(place, 2654435761) >>> 24)

/** Features of two pictures at a cut, in numbers from 0 to 1. */
async function features(model: AnalysedModel, cut: string): Promise<{ values: number[]; oneByOne: boolean }> {
  const preprocessing = toOpened(model).preprocessing
  if (!preprocessing) throw new Error('no pictures')
  const before = tf.memory().numTensors
  const runner = await TrunkRunner.create(model, preprocessing.input, { cut: [cut], pool: 'average' })
  const made = await runner.features(pictures(2, preprocessing.width), 2, { ...preprocessing, range: '0to1' })
  const { oneByOne } = runner
  runner.dispose()
  expect(tf.memory().numTensors).toBe(before)
  return { values: [...made], oneByOne }
}

const close = (values: readonly number[], wanted: readonly number[]): void => {
  expect(values).toHaveLength(wanted.length)
  values.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 4))
}

const numbers: TensorValue = { shape: [1, 3], dtype: 'float32', data: Float32Array.of(0.5, -1, 2) }

describe('features of pictures as Keras computes them, of a network that takes', () => {
  it.each([
    ['grey ones without channels', 'plane'],
    ['grey ones as a row', 'flat'],
    ['alpha', 'alpha'],
    ['numbers beside each', 'table'],
  ])('%s', async (_, name) => {
    const model = await openFixture(name)
    if (name === 'table') model.otherFeeds.set('numbers:0', numbers)
    expect(toOpened(model).preprocessing).toMatchObject({ width: 12, height: 12, range: '0to1' })
    const { values, oneByOne } = await features(model, 'hidden/Relu:0')
    close(values, expected[name])
    expect(oneByOne).toBe(false)
  })
})

describe('networks of ../shared/cases', () => {
  it.each([
    ['mnist-quickstart-28x28', 'dense/Relu:0', 28],
    ['fashion_28x28.keras', null, 28],
    ['rgba.keras', null, null],
    ['second-input-per-picture', 'joined/Relu:0', 16],
    ['photo_and_table.keras', null, null],
  ])('%s takes pictures and can be trained on', async (name, cut, side) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await opened(files)
    const { preprocessing } = toOpened(model)
    expect(preprocessing).not.toBeNull()
    if (side !== null) expect(preprocessing).toMatchObject({ width: side, height: side })
    const at = cut ?? model.cuts.suggested
    expect(at).not.toBeNull()
    if (at === null) return
    expect(model.cuts.verdicts.get(at)?.canCut).toBe(true)
    const { values } = await features(model, at)
    expect(values.every(Number.isFinite)).toBe(true)
    // Two pictures differ.
    expect(values.slice(0, values.length / 2)).not.toEqual(values.slice(values.length / 2))
  })
})
