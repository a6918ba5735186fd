import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openModel } from '../formats'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../formats/testing/files'
import { optimise, passes, runPasses, type Pass, type Work } from '../graph/optimise'
import { NetworkBuilder } from '../graph/optimise/testing/network'
import { boolOf, intsOf, stringOf } from '../graph/testing/build'
import { pick, randomInt, seeded } from '../graph/testing/random'
import { trunk } from '../graph/lookup/trunk'
import { CompiledGraph } from './run/compiled-graph'
import { evaluateConstants } from './run/evaluate'

beforeAll(() => tf.setBackend('cpu'))

async function run({ graph, weights }: Pick<Work, 'graph' | 'weights'>, image: tf.Tensor): Promise<Float32Array[]> {
  const compiled = await CompiledGraph.compile(graph, weights)
  const results = await compiled.run(new Map(graph.inputs.map(({ tensor }) => [tensor, image])))
  const values = await Promise.all(results.map((result) => result.data<'float32'>()))
  tf.dispose(results)
  compiled.dispose()
  return values
}

/** max|a−b| / max|b|, the largest of all tensors; infinite where a length or a number is wrong. */
function distance(found: readonly Float32Array[], wanted: readonly Float32Array[]): number {
  return Math.max(
    ...wanted.map((values, i) => {
      if (values.length !== found[i].length) return Infinity
      let [most, scale] = [0, 1e-6]
      values.forEach((value, at) => {
        most = Math.max(most, Number.isFinite(value) ? Math.abs(value - found[i][at]) : Infinity)
        scale = Math.max(scale, Math.abs(value))
      })
      return Number.isNaN(most) ? Infinity : most / scale
    }),
  )
}

function shuffled(random: () => number): Pass[] {
  const order = [...passes, pick(random, passes), pick(random, passes)]
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomInt(random, i + 1)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

const size = 8

/** A network of what the passes look for, in any order, fetched at its end and at up to two places inside. */
function randomNetwork(seed: number): Work {
  const build = new NetworkBuilder(seed)
  const { random } = build
  const chance = (share: number): boolean => random() < share
  const batch = chance(0.3) ? 1 : null
  let channels = 3
  let current = build.image([batch, size, size, channels])
  const made: string[] = []
  const steps: ((name: string) => string)[] = [
    (name) => {
      const outputs = 1 + randomInt(random, 4)
      const conv = build.conv(name, current, [3, 3, channels, outputs])
      channels = outputs
      return conv
    },
    (name) => build.depthwise(name, current, [3, 3, channels, 1]),
    (name) => {
      const paddings = build.ints(`${name}/paddings`, [0, 0, 2, 0, 1, 1, 0, 0], [4, 2])
      const pad = build.node('Pad', `${name}/pad`, [current, paddings])
      return build.depthwise(name, pad, [3, 3, channels, 1], { padding: stringOf('VALID') })
    },
    (name) => build.bias(name, current, channels),
    (name) => build.norm(name, current, channels),
    (name) => build.spelledNorm(name, current, channels),
    (name) => build.node(pick(random, ['Relu', 'Relu6', 'Elu', 'Sigmoid', 'Tanh', 'Softplus']), name, [current]),
    (name) => build.node('LeakyRelu', name, [current], { alpha: { kind: 'float', value: 0.1 + random() / 2 } }),
    (name) => build.node('Prelu', name, [current, build.floats(`${name}/alpha`, [channels])]),
    (name) => build.node(pick(random, ['Identity', 'StopGradient']), name, [current]),
    (name) => build.node('AddV2', name, [current, build.conv(`${name}/branch`, current, [1, 1, channels, channels])]),
    (name) => build.node('Mul', name, [build.floats(`${name}/s`, [chance(0.5) ? 1 : channels]), current]),
    (name) => build.node('Sub', name, [build.floats(`${name}/s`, chance(0.5) ? [] : [1, 1, channels]), current]),
    (name) => {
      const target = build.ints(`${name}/target`, [batch ?? -1, size, size, channels])
      return build.node('Reshape', name, [current, target])
    },
  ]
  for (let i = 0, count = 3 + randomInt(random, 9); i < count; i++) {
    current = pick(random, steps)(`step${i}`)
    made.push(current)
  }
  const pooled = build.node('Mean', 'pooled', [current, build.ints('axes', [1, 2])], { keep_dims: boolOf(false) })
  const dense = build.node('MatMul', 'dense', [pooled, build.floats('dense/kernel', [channels, 5])])
  const logits = build.spelledNorm('logits', build.bias('dense/bias', dense, 5), 5)
  const inner = Array.from({ length: randomInt(random, 3) }, () => pick(random, made))
  return build.work(...new Set([build.node('Softmax', 'softmax', [logits]), ...inner]))
}

describe('what is fetched stays the same', () => {
  test('in random networks, whatever the order of the passes', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const work = randomNetwork(seed)
      const image = tf.randomUniform([1, size, size, 3], -1, 1, 'float32', seed)
      const wanted = await run(work, image)
      const random = seeded(seed + 1000)
      for (const order of [passes, shuffled(random), shuffled(random)]) {
        const found = await runPasses(order, work, { evaluate: evaluateConstants, image: 'image:0' })
        const names = order.map(({ name }) => name).join(', ')
        expect(distance(await run(found, image), wanted), `seed ${seed}: ${names}`).toBeLessThan(1e-4)
        expect(found.graph.outputs).toMatchObject(work.graph.outputs.map(({ tensor }) => ({ tensor })))
      }
      image.dispose()
    }
  }, 120_000)

  test('with strides, dilations and several channels a filter', async () => {
    const build = new NetworkBuilder(5)
    const first = build.conv('first', build.image([null, 9, 9, 3]), [3, 3, 3, 4], { strides: intsOf(1, 2, 2, 1) })
    const wide = build.depthwise('wide', build.node('Relu', 'relu', [build.norm('n1', first, 4)]), [3, 3, 4, 2], {
      dilations: intsOf(1, 2, 2, 1),
    })
    const up = build.node('Relu6', 'out', [build.spelledNorm('n2', wide, 8)])
    const work = build.work(up)
    const image = tf.randomUniform([2, 9, 9, 3], -1, 1, 'float32', 5)
    const better = await optimise(work.graph, work.weights, evaluateConstants, 'image:0')
    expect(better.graph.nodes.filter(({ op }) => op !== 'Const').map(({ op }) => op)).toEqual([
      'Placeholder',
      '_FusedConv2D',
      'FusedDepthwiseConv2dNative',
    ])
    expect(distance(await run(better, image), await run(work, image))).toBeLessThan(1e-5)
  })

  const models = [
    { name: 'movenet', files: ['tfjs/movenet-lightning.json', 'tfjs/movenet-lightning.bin'], input: [1, 192, 192, 3] },
    {
      name: 'facemesh',
      files: ['tfjs/facemesh-attention.json', 'tfjs/facemesh-attention.bin'],
      input: [1, 192, 192, 3],
    },
    { name: 'MobileNet', files: ['mobilenet_v1_0.25_128/frozen_graph.pb'], input: [1, 128, 128, 3] },
  ]
  test.skipIf(!hasSharedModels).each(models)(
    'in $name, in two orders',
    async ({ files, input }) => {
      const model = await openModel(
        files.map((file) => diskFile(new URL(file, sharedModels), file)),
        quiet,
      )
      const graph = trunk(
        model.graph,
        model.graph.outputs.map(({ tensor }) => tensor),
      )
      const work: Work = { graph, weights: model.weights, batchFree: false }
      const dtype = graph.inputs[0].dtype === 'int32' ? 'int32' : 'float32'
      const image = tf.randomUniform(input, dtype === 'int32' ? 0 : -1, dtype === 'int32' ? 255 : 1, dtype, 3)
      const wanted = await run(work, image)
      for (const order of [passes, shuffled(seeded(7))]) {
        const found = await runPasses(order, work, { evaluate: evaluateConstants, image: null })
        expect(distance(await run(found, image), wanted)).toBeLessThan(1e-4)
      }
    },
    120_000,
  )
})
