import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it, vi } from 'vitest'
import { errorOf } from '../../formats/testing/errors'
import { quiet } from '../../formats/testing/files'
import { blobFile, readAll } from '../../formats/source'
import { expandZips } from '../../formats/zip'
import { firstHead, specOf } from '../../heads/specs'
import { nextTask } from '../../next-task'
import type { TailOptions } from '../../tail-options'
import { createSession } from './session'
import { images, labels, opened, pictureOf, quick } from './testing/tuning'

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

/** Probabilities of a photo by the trained head, in the order of the labels. */
async function chances({ session, preprocessing }: Awaited<ReturnType<typeof opened>>, id: string): Promise<number[]> {
  const said = await session.predict('predict', id as unknown as Blob, preprocessing)
  return labels.map((label) => said.find((each) => each.label === label)?.probability ?? NaN)
}

it.each(['mixup', 'cutmix'] as const)(
  'mixes the photos of a step by %s, the same again by the same seed',
  async (mix) => {
    const all = await opened()
    const train = async (change: Partial<TailOptions>) => {
      const { report } = await all.train({ epochs: 3, patience: 0, headFirst: false, mixAlpha: 1, ...change })
      return report.tail?.after.loss
    }
    const mixed = await train({ mix })
    expect(await train({ mix })).toBe(mixed)
    expect(await train({})).not.toBe(mixed)
  },
)

it('trains the last layers with the head: the loss falls, weights change, and predictions are the report’s', async () => {
  const all = await opened()
  const tensors = tf.memory().numTensors
  const { head, report } = await all.train(quick)
  expect(report.tail).toMatchObject({
    layers: 1,
    parameters: 72,
    kept: true,
    decidedBy: { photos: 8, setAside: false },
  })
  expect(report.tail?.after.loss).toBeLessThan(0.5 * (report.tail?.before.loss ?? 0))
  expect(report.history).toHaveLength(report.tail?.epochs ?? 0)
  expect(report.accuracy.validation).toBe(1)
  expect(head.tail?.from).toBe(report.tail?.from)
  const before = await all.session.weightValues(head.tail?.weights[0].id ?? '', 0, 8)
  expect([...(head.tail?.weights[0].values.subarray(0, 8) ?? [])]).not.toEqual(before)
  for (const { image, predicted, confidence } of report.evaluated.slice(0, 4)) {
    expect((await chances(all, image))[predicted]).toBeCloseTo(confidence, 4)
  }
  await all.session.forgetHead()
  await all.session.uncut(1)
  expect(tf.memory().numTensors).toBe(tensors)
})

it('gives the same weights each time, and others by another way of stepping', async () => {
  const all = await opened()
  const one = (await all.train(quick)).head
  expect((await all.train(quick)).head).toEqual(one)
  expect((await all.train({ ...quick, optimizer: 'momentum' })).head.tail).not.toEqual(one.tail)
})

it('shortens gradients to what is asked for, by steps that go by their length', async () => {
  const all = await opened()
  const moved = async (clipNorm: number): Promise<number | undefined> => {
    const asked = { optimizer: 'sgd', learningRate: 0.01, epochs: 2, patience: 0, clipNorm } as const
    return (await all.train(asked)).report.tail?.after.loss
  }
  const free = await moved(0)
  expect(await moved(1e6)).toBe(free)
  expect(await moved(0.01)).not.toBe(free)
  expect(await moved(0.01)).toBeGreaterThan(free ?? Infinity)
})

it('keeps the network as it was where photos that are not learnt from say so', async () => {
  const all = await opened()
  const alone = await all.train({ learningRate: 30, epochs: 3 })
  expect(alone.report.tail?.kept).toBe(false)
  expect((await all.train({ learningRate: 1e30, epochs: 3 })).report.tail).toMatchObject({
    kept: false,
    stopped: 'not-finite',
  })
  expect(alone.head.tail).toBeNull()
  expect(alone.report.accuracy.validation).toBe(1)
  const said = await chances(all, '4')
  const { predicted, confidence } = alone.report.evaluated[4]
  expect(said[predicted]).toBeCloseTo(confidence, 4)
})

it('sets photos aside where none are held out to decide by', async () => {
  const all = await opened()
  const photos = images.map((image) => ({ ...image, part: 'train' as const }))
  const { report } = await all.train(quick, firstHead, photos)
  expect(report.tail).toMatchObject({ kept: true, decidedBy: { photos: 8, setAside: true } })
  expect(report.images).toEqual({ train: 40, validation: 0, test: 0 })
  const few = await errorOf(all.train(quick, firstHead, photos.slice(0, 3)))
  expect(few).toMatchObject({ code: 'cannot-tune' })
  expect(few.message).toContain('too few photos')
})

it('refuses maps that are too many to be held before all work, and says what would help', async () => {
  const all = await opened()
  const many = Array.from({ length: 1_500_000 }, (_, at) => images[at % images.length])
  const refused = await errorOf(all.train({ layers: 2 }, firstHead, many))
  expect(refused).toMatchObject({ code: 'no-memory', next: 'Train fewer of the last layers, or take fewer photos.' })
  expect(refused.message).toContain('“images:0”')
})

it('trains hidden layers with the last layers, also at once from the beginning', async () => {
  const all = await opened()
  const head = { ...specOf('dense').defaults, hidden: [8], epochs: 20 }
  const { report, head: trained } = await all.train({ ...quick, epochs: 40, headFirst: false, patience: 0 }, head)
  expect(report.tail?.epochs).toBe(40)
  expect(report.history[39].loss).toBeLessThan(0.5 * report.history[0].loss)
  expect(trained.layers.map(({ kind }) => kind)).toEqual(['dense', 'dense'])
})

it('is exported and kept with what was trained', async () => {
  const all = await opened()
  const trained = await all.train(quick)
  const other = await opened()
  await other.session.restoreHead(structuredClone(trained))
  const expected = await Promise.all(['0', '1', '2'].map((id) => chances(all, id)))
  expect(await Promise.all(['0', '1', '2'].map((id) => chances(other, id)))).toEqual(expected)

  const files = await expandZips([blobFile('export.zip', await other.session.export('export', 'tfjs-graph'))], quiet)
  const again = createSession(() => undefined)
  again.useDecoder(pictureOf)
  const blobs = files.map(async (file) => ({ path: file.path, blob: new Blob([(await readAll(file)).slice()]) }))
  const { preprocessing } = await again.open('open', { files: await Promise.all(blobs) }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  const said = await again.predict('predict', '1' as unknown as Blob, preprocessing)
  for (const { label, probability } of said) {
    expect(probability).toBeCloseTo(expected[1][labels.indexOf(label)], 5)
  }
})

it('says from where on the network can be trained, and refuses what cannot be', async () => {
  const all = await opened()
  const { points, stopped } = await all.session.freezePoints(1)
  expect(points.map(({ layers, parameters }) => [layers, parameters])).toEqual([
    [2, 296],
    [1, 72],
  ])
  expect(stopped).toBeNull()
  expect(await errorOf(all.train({ from: 'nowhere:0' }))).toMatchObject({ code: 'no-such-tensor' })
  await all.session.cut(1, [points[1].tensor, all.cut])
  expect(await errorOf(all.train({}))).toMatchObject({ code: 'cannot-tune' })
  expect((await all.session.freezePoints(1)).points).toEqual([])
})

it('trains all of a network, from the picture on', async () => {
  const all = await opened()
  const { report } = await all.train({ ...quick, layers: 9 })
  expect(report.tail).toMatchObject({ from: 'images:0', layers: 2, parameters: 296, kept: true })
  const { predicted, confidence } = report.evaluated[3]
  expect((await chances(all, '3'))[predicted]).toBeCloseTo(confidence, 4)
})

it('stops when it is cancelled, and leaves the head of before', async () => {
  const all = await opened()
  const before = await all.train(quick)
  const running = errorOf(all.train({ ...quick, epochs: 10_000, patience: 0 }))
  await nextTask()
  all.session.cancel('train')
  expect(await running).toMatchObject({ code: 'cancelled' })
  const { predicted, confidence } = before.report.evaluated[0]
  expect((await chances(all, '0'))[predicted]).toBeCloseTo(confidence, 4)
})
