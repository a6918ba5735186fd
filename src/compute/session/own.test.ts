import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it, vi } from 'vitest'
import { noCopies } from '../../augment-options'
import { errorOf } from '../../formats/testing/errors'
import { fixtureFiles } from '../../formats/testing/files'
import { readAll } from '../../formats/source'
import { ownFiles, type ownModels } from '../own/testing/own-models'
import { specOf, type HeadOptionsOf } from '../../heads/specs'
import type { TrainOptions } from '../../types'
import type { Decode } from '../features/features'
import type { LabelledImage } from '../features/labelled-image'
import { createSession } from './session'

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

const labels = ['red', 'green', 'blue']
const images = Array.from({ length: 45 }, (_, at): LabelledImage => {
  const part = at % 5 === 4 ? 'validation' : 'train'
  const plain = { part, group: null, perceptualHash: null } as const
  return { ...plain, id: String(at), name: String(at), hash: String(at), label: labels[at % 3] }
})

/** Noise that is lighter in one of the colours. */
const pictureOf: Decode = (picture, { width, height }) => {
  const seed = Number(picture)
  const value = (place: number): number =>
    (Math.imul(place + 977 * seed, 2654435761) >>> 25) + (place % 3 === seed % 3 ? 70 : 0)
  return Promise.resolve(Uint8Array.from({ length: width * height * 3 }, (_, place) => value(place)))
}

async function opened() {
  const session = createSession(() => undefined)
  const files = await Promise.all(
    fixtureFiles('cnn-float32').map(async (file) => ({
      path: file.path,
      blob: new Blob([(await readAll(file)).slice()]),
    })),
  )
  const { preprocessing, summary } = await session.open('open', { files }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  session.useDecoder(pictureOf)
  const train = async (
    name: keyof typeof ownModels | null,
    change: Partial<HeadOptionsOf['own']> = {},
    named = labels,
  ) => {
    const facts = name && (await session.readOwnNetwork('read', { files: ownFiles(name) })).facts
    const defaults = specOf('own').defaults
    const options: TrainOptions = {
      head: { ...defaults, network: facts, learningRate: 0.01, epochs: 25, ...change },
      tail: null,
      split: { train: 1, validation: 0, test: 0 },
      classWeights: 'none',
      seed: 1,
      augment: noCopies,
    }
    return session.train(
      'train',
      images.filter(({ label }) => named.includes(label)),
      named,
      preprocessing,
      options,
    )
  }
  return { session, preprocessing, suggested: summary.suggestedCut ?? '', train }
}

type Opened = Awaited<ReturnType<typeof opened>>

/** Where the network has a map of [4, 4, 8]. */
const map = 'StatefulPartitionedCall/depthwise:0'

async function chances(
  { session, preprocessing }: Pick<Opened, 'session' | 'preprocessing'>,
  id: string,
): Promise<number[]> {
  const said = await session.predict('predict', id as unknown as Blob, preprocessing)
  return labels.map((label) => said.find((each) => each.label === label)?.probability ?? NaN)
}

it.each(['vector', 'vector-tfjs', 'map'] as const)(
  'joins %s to a map: its loss falls, and what is exported says the same',
  async (name) => {
    const all = await opened()
    await all.session.cut(1, [map])
    const { head, report } = await all.train(name, { epochs: 80 })
    expect(head.layers.map(({ kind }) => kind)).toEqual(['network'])
    expect(head.pool).toBe(name === 'map' ? 'flatten' : 'average')
    const losses = report.history.map(({ validationLoss }) => validationLoss ?? NaN)
    expect(Math.min(...losses)).toBeLessThan(0.5 * losses[0])
    expect(report.accuracy.train).toBeGreaterThan(0.8)
    const before = await chances(all, '7')
    expect(before.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5)
    const zip = await all.session.export('export', 'tfjs-graph')
    const again = createSession(() => undefined)
    again.useDecoder(pictureOf)
    const { preprocessing } = await again.open('open', { files: [{ path: 'model.zip', blob: zip }] }, {}, 2)
    if (!preprocessing) throw new Error('it takes no pictures')
    const after = await chances(
      { session: again, preprocessing: { ...all.preprocessing, input: preprocessing.input } },
      '7',
    )
    after.forEach((chance, at) => expect(Math.abs(chance - before[at])).toBeLessThanOrEqual(1e-5))
  },
)

it('gives a network with other outputs a new last layer, and trains that alone where it is asked', async () => {
  const all = await opened()
  await all.session.cut(1, [map])
  const error = await errorOf(all.train('wide'))
  expect(error.code).toBe('cannot-join')
  expect(error.message).toContain('gives 5 numbers, and there are 3 labels')
  const { head, report } = await all.train('wide', { lastLayer: 'new', learns: 'last', learningRate: 0.1, epochs: 60 })
  expect(report.accuracy.train).toBeGreaterThan(0.8)
  const [layer] = head.layers
  if (layer.kind !== 'network') throw new Error('no network')
  const own = await all.session.readOwnNetwork('read', { files: ownFiles('wide') })
  const first = 8 * 6 + 6
  expect(layer.structure.outputs).toBe(3)
  expect([...layer.weights].filter((value) => own.weights.includes(value)).length).toBeGreaterThanOrEqual(first)
})

it('is refused before any work where it does not fit the cut, or is not here', async () => {
  const all = await opened()
  await all.session.cut(1, [all.suggested])
  const error = await errorOf(all.train('map'))
  expect(error.code).toBe('cannot-join')
  expect(error.message).toMatch(/“map” takes \[4, 4, 8\] of each photo, and this cut gives \[\d+\]/)
  expect((await errorOf(all.train(null))).code).toBe('no-own-network')
  const { facts } = await all.session.readOwnNetwork('read', { files: ownFiles('vector') })
  await all.session.useOwnNetwork(null)
  expect((await errorOf(all.train(null, { network: facts }))).code).toBe('no-own-network')
})

it('gives the same head for the same seed', async () => {
  const all = await opened()
  await all.session.cut(1, [map])
  const weights = async (): Promise<Float32Array> => {
    const [layer] = (await all.train('vector', { epochs: 3 })).head.layers
    return layer.kind === 'network' ? layer.weights : new Float32Array()
  }
  expect(await weights()).toEqual(await weights())
})
