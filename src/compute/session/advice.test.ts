import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { noCopies } from '../../augment-options'
import { errorOf } from '../../formats/testing/errors'
import { fixtureFiles } from '../../formats/testing/files'
import { sharedCase } from '../../formats/testing/shared-cases'
import { readAll } from '../../formats/source'
import type { SourceFile } from '../../formats/types'
import { specOf } from '../../heads/specs'
import type { TrainOptions } from '../../types'
import type { LabelledImage } from '../features/labelled-image'
import { createSession } from './session'

beforeAll(() => tf.setBackend('cpu'))

const labels = ['dark', 'light']
const images = Array.from({ length: 16 }, (_, at): LabelledImage => {
  const plain = { part: 'train', group: null, perceptualHash: null } as const
  return { ...plain, id: String(at), name: String(at), hash: String(at), label: labels[at % 2] }
})
const asked = { head: specOf('linear').defaults, classWeights: 'none' } as const

const fileOf = async (file: SourceFile): Promise<{ path: string; blob: Blob }> => ({
  path: file.path,
  blob: new Blob([(await readAll(file)).slice()]),
})

/** A session with the small network open, or another; of its pictures each other one is lighter. */
async function opened(network: readonly SourceFile[] = fixtureFiles('cnn-float32')) {
  const decoded: number[] = []
  const told: string[] = []
  const session = createSession(({ what }) => told.push(what))
  const files = await Promise.all(network.map(fileOf))
  const { preprocessing } = await session.open('open', { files }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  session.useDecoder((picture, { width, height }) => {
    const seed = Number(picture)
    decoded.push(seed)
    const light = seed % 2
    const noise = (place: number): number => (Math.imul(place + 977 * seed, 2654435761) >>> 25) + 100 * light
    return Promise.resolve(Uint8Array.from({ length: width * height * 3 }, (_, place) => noise(place)))
  })
  return {
    session,
    preprocessing,
    decoded,
    told,
    advise: () => session.advise('job', images, labels, preprocessing, asked),
  }
}

it('compares cuts in one pass of each photo, and a cut at any of them then finds its features', async () => {
  const { session, preprocessing, decoded, told, advise } = await opened()
  const before = tf.memory().numTensors
  const { cuts, photos, labels: named } = await advise()
  expect([photos, named]).toEqual([16, 2])
  expect(cuts.length).toBeGreaterThan(1)
  expect(Math.max(...cuts.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.9)
  expect(decoded).toHaveLength(images.length)
  expect(told).toContain('Comparing the cuts')
  const single = cuts.filter(({ tensors }) => tensors.length === 1)
  for (const { tensors, featureLength, multiplyAdds, bytes } of single) {
    const summary = await session.cut(1, tensors)
    expect(summary).toMatchObject({ featureLength, multiplyAdds, bytes })
    const kept = await session.features('features', images, preprocessing)
    expect(kept).toMatchObject({ fromCache: images.length, length: featureLength })
    // The same bits as the trunk that ends there gives by itself.
    const { session: fresh } = await opened()
    await fresh.cut(1, tensors)
    expect(kept.data).toEqual((await fresh.features('features', images, preprocessing)).data)
    await fresh.uncut(1)
  }
  expect(decoded).toHaveLength(images.length)
  await session.uncut(1)
  expect(tf.memory().numTensors).toBe(before)
})

it('says beforehand what training at that cut then gives', async () => {
  const { session, preprocessing, advise } = await opened()
  const { cuts } = await advise()
  const best = cuts.reduce((one, other) => (other.accuracy > one.accuracy ? other : one))
  await session.cut(1, best.tensors)
  const held = images.map((image, at): LabelledImage => (at < 8 ? image : { ...image, part: 'test' }))
  const options: TrainOptions = {
    head: specOf('linear').defaults,
    split: { train: 1, validation: 0, test: 0 },
    tail: null,
    classWeights: 'none',
    seed: 1,
    augment: noCopies,
  }
  const { report } = await session.train('train', held, labels, preprocessing, options)
  expect(report.accuracy.test).toBeCloseTo(best.accuracy, 1)
})

it('keeps the cut that is there, and compares the tensors that are named', async () => {
  const { session, preprocessing, advise } = await opened()
  const [first] = (await advise()).cuts
  await session.cut(1, first.tensors)
  const own = await session.advise('job', images, labels, preprocessing, { ...asked, tensors: first.tensors })
  expect(own.cuts).toEqual([first])
  expect((await session.features('features', images, preprocessing)).length).toBe(first.featureLength)
})

it('refuses without photos, without a model, and what cannot be compared', async () => {
  const { session, preprocessing } = await opened()
  const ask = (given: readonly LabelledImage[], tensors?: readonly string[]) =>
    errorOf(session.advise('job', given, labels, preprocessing, { ...asked, ...(tensors && { tensors }) }))
  expect((await ask([])).code).toBe('no-images')
  expect((await ask(images.filter(({ label }) => label === 'dark'))).code).toBe('one-label')
  expect((await ask(images, [])).code).toBe('bad-option')
  expect((await ask(images, ['nothing:0'])).code).toBe('no-such-tensor')
  const none = createSession(() => undefined)
  expect((await errorOf(none.advise('job', images, labels, preprocessing, asked))).code).toBe('no-model')
})

it('compares cuts of a network that takes pictures of any size, too', async (test) => {
  const files = sharedCase('any_size.keras')
  if (!files) return test.skip()
  const { advise } = await opened(files)
  const { cuts } = await advise()
  expect(cuts.length).toBeGreaterThan(0)
  expect(cuts.every(({ multiplyAdds, bytes }) => multiplyAdds === 0 && bytes > 0)).toBe(true)
})

it('can be cancelled while it looks at photos', async () => {
  const { session, advise } = await opened()
  const working = errorOf(advise())
  session.cancel('job')
  expect((await working).code).toBe('cancelled')
})
