import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { noCopies } from '../augment-options'
import { fixtureFiles } from '../formats/testing/files'
import { readAll } from '../formats/source'
import type { TrainOptions } from '../types'
import type { LabelledImage } from './features/labelled-image'
import { createSession } from './session/session'

const options: TrainOptions = {
  head: { kind: 'linear', l2: 0.01, scale: 'global' },
  split: { train: 1, validation: 0, test: 0 },
  tail: null,
  classWeights: 'none',
  seed: 1,
  augment: noCopies,
}

/** Kernels of the cpu backend as they are, to be put back. */
let kernels: tf.KernelConfig[] = []

/** Has the operation of that number, counted from now, throw; gives how many there were. */
function failAt(wanted: number): () => number {
  let count = 0
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, 'cpu')
    tf.registerKernel({
      ...kernel,
      kernelFunc: (given) => {
        if (++count === wanted) throw new Error('the operation broke')
        return kernel.kernelFunc(given)
      },
    })
  }
  return () => count
}

beforeAll(async () => {
  await tf.setBackend('cpu')
  kernels = tf.getKernelsForBackend('cpu')
})

function putBack(): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, 'cpu')
    tf.registerKernel(kernel)
  }
}

afterEach(putBack)

/** A session with the small network open and cut, and two labels of two pictures. */
async function begun() {
  const session = createSession(() => undefined)
  const files = fixtureFiles('cnn-float32').map(async (file) => ({
    path: file.path,
    blob: new Blob([(await readAll(file)).slice()]),
  }))
  const { preprocessing } = await session.open('open', { files: await Promise.all(files) }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  const last = (await session.tensors()).findLast((tensor) => tensor.canCut && tensor.shape?.length === 4)
  await session.cut(1, [last?.name ?? ''])
  session.useDecoder((picture, { width, height }) =>
    Promise.resolve(
      new Uint8Array(width * height * 3).fill(typeof picture === 'string' ? Number(picture.at(-1)) * 40 : 0),
    ),
  )
  /** Pictures are others in each round: features that are known would not be computed. */
  const train = (round: number) => {
    const images = [1, 2, 3, 4].map((one): LabelledImage => {
      const plain = { part: 'train', group: null, perceptualHash: null } as const
      return {
        ...plain,
        id: `${one}`,
        name: `${one}`,
        hash: `${round}/${one}`,
        label: one < 3 ? 'a' : 'b',
      }
    })
    return session.train('train', images, ['a', 'b'], preprocessing, options)
  }
  return { session, train }
}

describe('a training that fails', () => {
  it('leaves no tensors at whichever operation it does, says what broke, and works the next time', async () => {
    const { session, train } = await begun()
    const before = tf.memory().numTensors
    let failed = 0
    for (let at = 1; ; at++) {
      const count = failAt(at)
      const outcome = await train(at).then(
        () => null,
        (error: unknown) => error,
      )
      if (count() < at) break
      // What was only tried out may fail; the trunk is compiled again for the next one.
      await session.setBackends(['cpu'])
      if (outcome === null) continue
      failed++
      expect(outcome).toMatchObject({
        name: 'CutpointError',
        code: 'run-failed',
        message: expect.stringContaining('the operation broke') as string,
      })
      expect(tf.memory().numTensors).toBe(before)
    }
    expect(failed).toBeGreaterThan(3)
    putBack()
    const { report } = await train(0)
    expect(report.images.train).toBe(4)
  }, 120_000)
})
