import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { diskFile, quiet } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import type { Told, ToldLayer } from '../types'
import { featuresKey } from './features/features-key'
import { analyse, toOpened } from './model/analyse'
import type { AnalysedModel } from './model/types'
import { prepareRun, runPrepared } from './run/run-graph'

beforeAll(() => tf.setBackend('cpu'))

const fixtures = new URL('fixtures/told/', import.meta.url)
const expected = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as Record<string, number[]>

const telling = (layers: Readonly<Record<string, Told>>): ToldLayer[] =>
  Object.entries(layers).map(([layer, told]) => ({ layer, told }))

async function opened(name: string, told: Readonly<Record<string, Told>> = {}): Promise<AnalysedModel> {
  const read = await openModel([diskFile(new URL(name, fixtures), name)], quiet, { told: telling(told) })
  return analyse(read, () => Promise.resolve())
}

const formula = (text: string): Told => ({ does: 'formula', formula: text })

/** What a model makes of two pictures, as tools/fixtures/make_told.py makes them. */
async function outputOf(model: AnalysedModel): Promise<number[]> {
  const data = Float32Array.from({ length: 2 * 12 * 12 * 3 }, (_, place) => Math.imul(place, 2654435761) >>> 24)
  const [input, output] = [model.read.graph.inputs[0].tensor, model.read.graph.outputs[0].tensor]
  const feeds = { [input]: { shape: [2, 12, 12, 3], dtype: 'float32', data } }
  const found = await runPrepared(prepareRun(model, feeds, [output]), model, { optimise: true })
  await model.read.close?.()
  return Array.from(found[output].data as Float32Array)
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 4))
}

describe('a layer that was told what it does computes what TensorFlow does', () => {
  it.each<[string, Record<string, Told>]>([
    ['first3.keras', { lambda: formula('x / 127.5 - 1') }],
    ['first2.h5', { lambda: formula('x ÷ 127.5 − 1') }],
    ['first3.keras', { lambda: { does: 'shift', mean: [127.5], deviation: [127.5] } }],
    ['middle.keras', { 'inside/clip': formula('min(max(x, 0), 6) * 0.5') }],
    [
      'own.keras',
      {
        own: { does: 'shift', mean: [120, 115, 100], deviation: [60, 58, 57] },
        smaller: { does: 'resize', height: 9, width: 7 },
      },
    ],
  ])('%s %j', async (name, told) => {
    const model = await opened(name, told)
    expect(model.read.warnings).toEqual([])
    expectClose(await outputOf(model), expected[name])
  })

  it('and other than without', async () => {
    const model = await opened('first3.keras', { lambda: { does: 'identity' } })
    const [value] = await outputOf(model)
    expect(Math.abs(value - expected['first3.keras'][0])).toBeGreaterThan(0.01)
  })
})

describe('a layer that was not told', () => {
  it('hands its shape on, and pictures go in behind it where it is the first', async () => {
    for (const name of ['first3.keras', 'first2.h5']) {
      const model = await opened(name)
      const page = toOpened(model)
      expect(page.tellable).toMatchObject([{ layer: 'lambda', layerClass: 'Lambda', told: null }])
      expect(page.preprocessing).toMatchObject({ input: 'lambda/Lambda:0', width: 12, height: 12 })
      expect(page).toMatchObject({ preprocessingKnown: false, measurable: true })
      expect(model.infos.get('conv/Conv2D:0')?.shape).toEqual([null, 10, 10, 5])
      expect(model.cuts.suggested).not.toBeNull()
      await model.read.close?.()
    }
  })

  it('is what keeps a cut behind it from being made, and before it not', async () => {
    const model = await opened('middle.keras')
    expect(model.infos.get('second/Conv2D:0')?.shape).toEqual([null, 8, 8, 3])
    expect(model.cuts.verdicts.get('pool/Mean:0')?.canCut).toBe(false)
    expect(model.cuts.verdicts.get('conv/BiasAdd:0')?.canCut).toBe(true)
    expect(toOpened(model).tellable).toMatchObject([{ layer: 'inside/clip', scope: 'inside/clip' }])
    await model.read.close?.()
  })

  it('gives what the file states of its shape', async () => {
    const model = await opened('own.keras')
    expect(model.infos.get('conv/Conv2D:0')?.shape).toEqual([null, 4, 3, 2])
    await model.read.close?.()
  })

  it.each(['lambda.keras', 'lambda-first'])('as in %s of ../shared/cases', async (name) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await analyse(await openModel(files, quiet), () => Promise.resolve())
    expect(toOpened(model).preprocessing?.input).toBe('lambda/Lambda:0')
    expect(model.cuts.suggested).not.toBeNull()
    await model.read.close?.()
  })
})

describe('once it is told', () => {
  it('pictures go in before it, their range is known, and it can be cut behind it', async () => {
    const model = await opened('first3.keras', { lambda: formula('x / 127.5 - 1') })
    const { preprocessing, preprocessingKnown, tellable } = toOpened(model)
    expect(preprocessing).toMatchObject({ input: model.read.graph.inputs[0].tensor, range: '0to255' })
    expect(preprocessingKnown).toBe(true)
    expect(tellable).toMatchObject([{ layer: 'lambda', told: formula('x / 127.5 - 1') }])
    await model.read.close?.()
    const inner = await opened('middle.keras', { 'inside/clip': { does: 'scale', by: 2 } })
    expect(inner.cuts.suggested).toBe('pool/Mean:0')
    await inner.read.close?.()
  })

  it('features that were kept before do not count', async () => {
    const cut = ['flatten/Reshape:0']
    const prepared = { width: 12, height: 12, fit: 'crop', range: '0to1', order: 'rgb', input: '', how: '' } as const
    const keys = new Set<string>()
    for (const told of [null, formula('x'), formula('x / 2')]) {
      const analysed = await opened('first3.keras', told ? { lambda: told } : {})
      keys.add(featuresKey({ analysed, id: 1, key: 'same' }, { cut, pool: 'average' }, prepared, 'cpu'))
      await analysed.read.close?.()
    }
    expect(keys.size).toBe(3)
  })

  it.each<[string, Told, string]>([
    ['lambda', formula('x / '), 'bad-formula'],
    ['lambda', { does: 'scale', by: 0 }, 'cannot-tell'],
    ['lambda', { does: 'scale', by: Number.NaN }, 'cannot-tell'],
    ['lambda', { does: 'shift', mean: [1, 2], deviation: [1] }, 'cannot-tell'],
    ['lambda', { does: 'shift', mean: [], deviation: [1] }, 'cannot-tell'],
    ['lambda', { does: 'shift', mean: [1], deviation: [0] }, 'cannot-tell'],
    ['lambda', { does: 'resize', height: 0, width: 4 }, 'cannot-tell'],
    ['lambda', { does: 'resize', height: 2.5, width: 4 }, 'cannot-tell'],
    ['conv', { does: 'identity' }, 'cannot-tell'],
    ['nowhere', { does: 'identity' }, 'cannot-tell'],
  ])('%s cannot be told %j', async (layer, told, code) => {
    await expect(opened('first3.keras', { [layer]: told })).rejects.toMatchObject({ code })
  })
})

it('a picture that goes in behind an untold layer goes in there alone', async () => {
  const model = await opened('first3.keras')
  expect(model.image).toBe('lambda/Lambda:0')
  expect(model).toMatchObject({ samePicture: [], otherInputs: [] })
  await model.read.close?.()
})
