import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { noCopies } from '../../augment-options'
import { blobFile, readAll, readText } from '../../formats/source'
import { fixtureFiles, quiet } from '../../formats/testing/files'
import { expandZips } from '../../formats/zip'
import type { TrainOptions } from '../../types'
import { FeatureCache } from '../features/feature-cache'
import { computeFeatures } from '../features/features'
import type { LabelledImage } from '../features/labelled-image'
import { trainHead } from '../head/train-head'
import { createSession } from '../session/session'
import type { TrainedHead } from '../session/types'

const options: TrainOptions = {
  head: { kind: 'linear', l2: 0.01, scale: 'global' },
  split: { train: 1, validation: 0, test: 0 },
  tail: null,
  classWeights: 'none',
  seed: 1,
  augment: noCopies,
}

const images = ['1', '2', '3', '4'].map((id): LabelledImage => {
  const plain = { part: 'train', group: null, perceptualHash: null } as const
  return { ...plain, id, name: id, hash: id, label: id < '3' ? 'a' : 'b' }
})

const context = { ...quiet, yieldTurn: () => Promise.resolve(), tell: () => undefined }

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

/** A session with the small network open, stored for one picture, and cut where its features are pictures still. */
async function opened() {
  const session = createSession(() => undefined)
  const files = fixtureFiles('cnn-float32').map(async (file) => ({
    path: file.path,
    blob: new Blob([
      file.path.endsWith('.json')
        ? (await readText(file)).replaceAll(/"size": ?"-1"/g, '"size":"1"')
        : (await readAll(file)).slice(),
    ]),
  }))
  const { preprocessing } = await session.open('open', { files: await Promise.all(files) }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  const cut = (await session.tensors()).findLast((tensor) => tensor.canCut && tensor.shape?.length === 4)?.name ?? ''
  await session.cut(1, [cut])
  session.useDecoder((picture, { width, height }) =>
    Promise.resolve(new Uint8Array(width * height * 3).fill(Number(picture) * 40)),
  )
  return { session, train: () => session.train('train', images, ['a', 'b'], preprocessing, options) }
}

/** What the exported model says of the shape of its picture. */
async function exportedShape(kept: TrainedHead): Promise<string[]> {
  const { session } = await opened()
  // Nothing can be compiled: there is no backend.
  await session.setBackends([])
  await session.restoreHead(kept)
  const zip = await session.export('export', 'tfjs-graph')
  const files = await expandZips([blobFile('export.zip', zip)], quiet)
  const json = files.find(({ path }) => path.endsWith('model.json'))
  const { signature } = JSON.parse(json ? await readText(json) : '') as {
    signature: { inputs: Record<string, { tensorShape: { dim: { size: string }[] } }> }
  }
  return Object.values(signature.inputs)[0].tensorShape.dim.map(({ size }) => size)
}

describe('pictures that went through the network one by one', () => {
  it('are told of with their features and in the report', async () => {
    const run = (oneByOne: boolean) =>
      computeFeatures(
        images,
        {
          runner: { oneByOne, features: (pixels, count) => Promise.resolve(new Float32Array(count).fill(pixels[0])) },
          decode: (hash) => Promise.resolve(Uint8Array.of(Number(hash))),
          cache: new FeatureCache(),
          keyPrefix: '',
          preprocessing: {
            ...{ input: 'image:0', width: 1, height: 1, fit: 'crop', range: '0to255', order: 'rgb', how: 'a test' },
          } as const,
        },
        context,
      )
    const reportOf = async (oneByOne: boolean) =>
      (
        await trainHead(
          { images, copies: [], labels: ['a', 'b'], features: await run(oneByOne), options, backend: 'cpu' },
          context,
        )
      ).report.features
    expect(await reportOf(true)).toMatchObject({ count: 4, length: 1, oneByOne: true })
    expect(await reportOf(false)).not.toHaveProperty('oneByOne')
  })

  it('say how the head is exported, for which no trunk is compiled', async () => {
    const kept = await (await opened()).train()
    expect(kept.report.features).not.toHaveProperty('oneByOne')
    expect((await exportedShape(kept))[0]).toBe('-1')
    const { report } = kept
    const single = { ...kept, report: { ...report, features: { ...report.features, oneByOne: true } } }
    expect((await exportedShape(single))[0]).toBe('1')
  })
})
