import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { waveValues } from '../formats/frozen/testing/fixtures'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import type { SourceFile } from '../formats/types'
import { makeCut } from './model/cut'
import { analyse } from './model/analyse'
import type { AnalysedModel } from './model/types'
import { prepareRun, runPrepared } from './run/run-graph'

beforeAll(() => tf.setBackend('cpu'))

/** What tools/fixtures/make_cuts.py expects of a network, with the first of TensorFlow's features at the cut. */
interface ExpectedCut {
  readonly image: string
  readonly shape: readonly number[]
  readonly cut: string
  readonly features: { readonly shape: readonly number[]; readonly data: readonly number[] }
}

const fixtures = new URL('fixtures/cuts/', import.meta.url)
const expected = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as Record<string, ExpectedCut>

async function opened(files: readonly SourceFile[]): Promise<AnalysedModel> {
  return analyse(await openModel(files, quiet), () => Promise.resolve())
}

const openFixture = (name: string): Promise<AnalysedModel> =>
  opened([diskFile(new URL(`${name}.pb`, fixtures), `${name}.pb`)])

describe('the suggested cut, with the features that TensorFlow computes there:', () => {
  it.each(Object.keys(expected))('%s', async (name) => {
    const { image, shape, cut, features } = expected[name]
    const model = await openFixture(name)
    expect([model.image, model.cuts.suggested]).toEqual([image, cut])
    const data = waveValues({ shape, scale: 1, step: 0.37, offset: 0 })
    const feeds = { [image]: { shape: [...shape], dtype: 'float32', data } }
    for (const optimise of [false, true]) {
      const found = (await runPrepared(prepareRun(model, feeds, [cut]), model, { optimise }))[cut]
      expect(found.shape).toEqual(features.shape)
      const scale = Math.max(...features.data.map(Math.abs))
      const apart = features.data.map((value, i) => Math.abs(value - Number(found.data[i])) / scale)
      expect(Math.max(...apart)).toBeLessThan(1e-5)
    }
  })
})

it('a cut at a dropout that was left on gives the same features every time', async () => {
  const model = await openFixture('dropout-left-on')
  const dropped = model.graph.nodes.findLast(({ name, op }) => name.startsWith('dropout/') && op !== 'Const')
  const fetch = `${dropped?.name ?? ''}:0`
  const { shape } = expected['dropout-left-on']
  const image = { shape: [...shape], dtype: 'float32', data: waveValues({ shape, scale: 1, step: 0.37, offset: 0 }) }
  const run = async () =>
    (await runPrepared(prepareRun(model, { 'image:0': image }, [fetch]), model, { optimise: true }))[fetch].data
  expect(await run()).toEqual(await run())
})

it('a flag for training cannot be turned on where its branches were left out', async () => {
  const model = await openFixture('is-training')
  const on = { shape: [], dtype: 'bool', data: Uint8Array.of(1) }
  expect(model.flags).toEqual(new Map([['is_training:0', false]]))
  expect(() => prepareRun(model, { 'is_training:0': on }, ['pool:0'])).toThrow(/branches for training are left out/)
})

describe('networks of ../shared', () => {
  it.each([
    ['narrow-head-after-pool', 'pool:0', 64],
    ['frozen-dropout-random', 'dense:0', 20],
    ['accuracy-is-the-output', 'hidden:0', 20],
    ['bn_switch.pb', 'pool/Mean:0', 32],
    ['bn_resource_switch.pb', 'pool:0', 16],
    ['is-training-placeholder', 'pool:0', 8],
    ['k2_convnext_small.pb', 'convnext/gap/Mean:0', 16],
    ['k3_convnext_small_saved', 'convnext_1/gap_1/Mean:0', 16],
    ['k2_custom_saved', 'model_2/gap/Mean:0', 16],
  ])('%s is cut at %s', async (name, cut, features) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await opened(files)
    expect(model.cuts.suggested).toBe(cut)
    expect(makeCut(model, [cut]).featureLength).toBe(features)
  })

  it.each(['bn_switch.pb', 'bn_resource_switch.pb', 'is-training-placeholder', 'object-detection-preprocessor'])(
    '%s offers values as outputs',
    async (name) => {
      const files = sharedCase(name)
      if (!files) return
      const { graph } = await openModel(files, quiet)
      expect(graph.outputs.map(({ tensor }) => tensor).join(' ')).not.toMatch(/switch_|pivot|loop_body|Exit/)
    },
  )

  it('assert-before-data runs: a check has no values', async () => {
    const files = sharedCase('assert-before-data')
    if (!files) return
    const model = await opened(files)
    const x = { shape: [2, 6], dtype: 'float32', data: Float32Array.from({ length: 12 }, (_, i) => i / 6 - 1) }
    const results = await runPrepared(prepareRun(model, { 'x:0': x }, ['out:0']), model, { optimise: false })
    expect([results['out:0'].shape, model.blocked.size]).toEqual([[2, 3], 0])
  })

  it.each([
    ['detector.pb', 'FeatureExtractor/relu2:0', 'Preprocessor/'],
    ['object-detection-preprocessor', 'FeatureExtractor/c2:0', 'Preprocessor/'],
    ['rescale_inside_saved', 'flowers_1/a_conv_1/convolution:0', 'flowers_1/data_augmentation_1/'],
  ])('%s is cut at %s, and takes the picture behind %s', async (name, cut, scope) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await opened(files)
    expect([model.cuts.suggested, model.image?.startsWith(scope)]).toEqual([cut, true])
  })

  it('a detector can still be run from the input of its file', async () => {
    const files = sharedCase('object-detection-preprocessor')
    if (!files) return
    const model = await opened(files)
    const image = { shape: [1, 20, 24, 3], dtype: 'int32', data: Int32Array.from({ length: 1440 }, (_, i) => i % 256) }
    const run = prepareRun(model, { 'image_tensor:0': image }, ['FeatureExtractor/c2:0'])
    const found = (await runPrepared(run, model, { optimise: false }))['FeatureExtractor/c2:0']
    expect(found.shape).toEqual([1, 4, 4, 16])
  })

  it.skipIf(!hasSharedModels)("Teachable Machine's is cut before its layer for other labels", async () => {
    const model = await opened([diskFile(new URL('teachable-machine/image-model.zip', sharedModels), 'model.zip')])
    const { suggested } = model.cuts
    expect(suggested).toMatch(/global_average_pooling2d.*\/Mean:0$/)
    expect(makeCut(model, [suggested ?? '']).featureLength).toBe(1280)
  })
})
