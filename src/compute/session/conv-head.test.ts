import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { noCopies } from '../../augment-options'
import { errorOf } from '../../formats/testing/errors'
import { fixtureFiles } from '../../formats/testing/files'
import { readAll } from '../../formats/source'
import { specOf } from '../../heads/specs'
import type { TrainOptions } from '../../types'
import type { LabelledImage } from '../features/labelled-image'
import { createSession } from './session'

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

const options: TrainOptions = {
  head: { ...specOf('conv').defaults, filters: [6, 4], epochs: 12, learningRate: 0.01 },
  split: { train: 0.8, validation: 0, test: 0.2 },
  tail: null,
  classWeights: 'none',
  seed: 1,
  augment: noCopies,
}

const [map, other, mean] = ['depthwise', 'Relu6', 'Mean'].map((name) => `StatefulPartitionedCall/${name}:0`)

async function opened(files: readonly { readonly path: string; readonly blob: Blob }[]) {
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

const network = async () =>
  opened(
    await Promise.all(
      fixtureFiles('cnn-float32').map(async (file) => ({
        path: file.path,
        blob: new Blob([(await readAll(file)).slice()]),
      })),
    ),
  )

describe('a convolutional head', () => {
  it.each([{ cut: map }, { cut: mean }])(
    'learns, and says after its export what it said before, cut at $cut',
    async ({ cut }) => {
      const { session, preprocessing } = await network()
      expect(await session.cut(1, [cut])).toMatchObject({ hasMap: true })
      const { head, report } = await session.train('train', images, labels, preprocessing, options)
      expect(head.layers.map(({ kind }) => kind)).toEqual(['conv', 'conv', 'global-pool', 'dense'])
      expect(report.history).toHaveLength(12)
      expect(report.history[11].loss).toBeLessThan(report.history[0].loss)
      expect(report.accuracy.train).toBeGreaterThan(0.9)
      const photo = new Blob(['nineteen characters'])
      const said = await session.predict('said', photo, preprocessing)
      const zip = await session.export('export', 'tfjs-graph')

      const again = await opened([{ path: 'exported.zip', blob: zip }])
      const found = await again.session.predict('again', photo, again.preprocessing)
      expect(found.map(({ label }) => label)).toEqual(said.map(({ label }) => label))
      found.forEach(({ probability }, at) => expect(probability).toBeCloseTo(said[at].probability, 5))
    },
  )

  it('is the same again', async () => {
    const { session, preprocessing } = await network()
    await session.cut(1, [map])
    const train = () => session.train('train', images, labels, preprocessing, options)
    expect((await train()).head.layers).toEqual((await train()).head.layers)
  })

  it('is refused before any photo is looked at where there is no map, or there are several', async () => {
    const { session, preprocessing } = await network()
    session.useDecoder(() => Promise.reject(new Error('it was looked at')))
    await session.cut(1, [map, other])
    const train = () => errorOf(session.train('train', images, labels, preprocessing, options))
    expect(await train()).toMatchObject({ code: 'no-map', message: expect.stringMatching(/several/) as string })
  })
})
