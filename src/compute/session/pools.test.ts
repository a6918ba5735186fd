import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { noCopies } from '../../augment-options'
import { errorOf } from '../../formats/testing/errors'
import { fixtureFiles } from '../../formats/testing/files'
import { readAll } from '../../formats/source'
import { specOf, type HeadOptionsOf } from '../../heads/specs'
import type { TrainOptions } from '../../types'
import type { LabelledImage } from '../features/labelled-image'
import { createSession } from './session'

interface ModelFile {
  readonly path: string
  readonly blob: Blob
}

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

const labels = ['dark', 'light']
const images = Array.from({ length: 16 }, (_, at): LabelledImage => {
  const plain = { part: at < 12 ? 'train' : 'test', group: null, perceptualHash: null } as const
  return { ...plain, id: String(at), name: String(at), hash: String(at), label: labels[at % 2] }
})

function optionsOf(change: Partial<HeadOptionsOf['dense']>): TrainOptions {
  return {
    head: { ...specOf('dense').defaults, hidden: [8], epochs: 10, ...change },
    split: { train: 0.8, validation: 0, test: 0.2 },
    tail: null,
    classWeights: 'none',
    seed: 1,
    augment: noCopies,
  }
}

const [map, other] = ['StatefulPartitionedCall/depthwise:0', 'StatefulPartitionedCall/Relu6:0']

async function opened(files: readonly ModelFile[]) {
  const session = createSession(() => undefined)
  const { preprocessing } = await session.open('open', { files: [...files] }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  session.useDecoder((picture, { width, height }) => {
    const seed = Number(picture instanceof Blob ? picture.size : picture)
    const noise = (place: number): number => (Math.imul(place + 977 * seed, 2654435761) >>> 25) + 100 * (seed % 2)
    return Promise.resolve(Uint8Array.from({ length: width * height * 3 }, (_, place) => noise(place)))
  })
  return { session, preprocessing }
}

const network = (): Promise<ModelFile[]> =>
  Promise.all(
    fixtureFiles('cnn-float32').map(async (file) => ({
      path: file.path,
      blob: new Blob([(await readAll(file)).slice()]),
    })),
  )

describe('a head on flattened maps', () => {
  it.each([{ cut: [map] }, { cut: [map, other] }, { cut: [other, 'StatefulPartitionedCall/Mean:0'] }])(
    'says after its export what it said before, cut at $cut',
    async ({ cut }) => {
      const { session, preprocessing } = await opened(await network())
      await session.cut(1, cut)
      const { head } = await session.train('train', images, labels, preprocessing, optionsOf({ pool: 'flatten' }))
      expect(head.pool).toBe('flatten')
      const photo = new Blob(['nineteen characters'])
      const said = await session.predict('said', photo, preprocessing)
      expect(Math.max(...said.map(({ probability }) => probability))).toBeGreaterThan(0.6)
      const zip = await session.export('export', 'tfjs-graph')

      const again = await opened([{ path: 'exported.zip', blob: zip }])
      const found = await again.session.predict('again', photo, again.preprocessing)
      expect(found.map(({ label }) => label)).toEqual(said.map(({ label }) => label))
      found.forEach(({ probability }, at) => expect(probability).toBeCloseTo(said[at].probability, 5))
    },
  )

  it('learns from maps that parts of others are cut into, where there is one map of several places', async () => {
    const { session, preprocessing } = await opened(await network())
    const train = async (cut: readonly string[], change: Partial<HeadOptionsOf['dense']>) => {
      await session.cut(1, cut)
      return session.train('train', images, labels, preprocessing, optionsOf({ pool: 'flatten', ...change }))
    }
    const [plain, mixed] = [await train([map], {}), await train([map], { mix: 'cutmix', mixAlpha: 1 })]
    expect(mixed.head.layers).not.toEqual(plain.head.layers)
    expect(mixed.report.history.every(({ loss }) => Number.isFinite(loss))).toBe(true)
    for (const cut of [[map, other], ['StatefulPartitionedCall/Mean:0']]) {
      const refused = await errorOf(train(cut, { mix: 'cutmix' }))
      expect([refused.code, refused.message]).toEqual(['bad-option', expect.stringMatching(/needs a map/)])
      await expect(train(cut, { mix: 'mixup' })).resolves.toBeTruthy()
    }
  })

  it('is refused where the features of all photos take more than can be held, and before any is looked at', async () => {
    const { session, preprocessing } = await opened(await network())
    await session.cut(1, [map])
    const decoded = vi.fn(() => Promise.reject(new Error('it was looked at')))
    session.useDecoder(decoded)
    const many = Array.from({ length: 2 ** 30 / (4 * 4 * 4 * 8) + 1 }, (_, at) => images[at % 2])
    const refused = await errorOf(session.train('train', many, labels, preprocessing, optionsOf({ pool: 'flatten' })))
    expect(refused).toMatchObject({ code: 'no-memory', details: { photos: many.length } })
    expect(refused.message).toContain('128 numbers')
    expect(decoded).not.toHaveBeenCalled()
  })
})

describe('features as a file', () => {
  it.each(['average', 'flatten'] as const)('are those of the photos, pooled by %s', async (pool) => {
    const { session, preprocessing } = await opened(await network())
    await session.cut(1, [map])
    const file = await session.exportFeatures('file', 'csv', { images, labels, preprocessing, pool })
    const lines = (await file.text()).trimEnd().split('\r\n').slice(1)
    const rows = await session.features('features', images, preprocessing, pool)
    expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual(
      images.map(({ name, label, part }) => [name, label, part]),
    )
    expect(Float32Array.from(lines.flatMap((line) => line.split(',').slice(3).map(Number)))).toEqual(rows.data)
    expect(rows.length).toBe(pool === 'flatten' ? 128 : 8)
  })

  it('are refused without photos, without a cut, and as what is not written', async () => {
    const { session, preprocessing } = await opened(await network())
    const ask = async (format: string, photos: readonly LabelledImage[]) =>
      (
        await errorOf(
          session.exportFeatures('file', format, { images: photos, labels, preprocessing, pool: 'average' }),
        )
      ).code
    expect(await ask('csv', images)).toBe('no-cut')
    await session.cut(1, [map])
    expect(await ask('csv', [])).toBe('no-images')
    expect(await ask('xlsx', images)).toBe('not-available')
  })
})
