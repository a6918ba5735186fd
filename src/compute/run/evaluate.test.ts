import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { GraphBuilder, dtypeOf } from '../../graph/testing/build'
import { bytesOf } from '../../graph/lookup/weights'
import type { DType, WeightValues } from '../../graph/types'
import { evaluateConstants } from './evaluate'

beforeAll(() => tf.setBackend('cpu'))

it.each<[from: DType, to: DType, stored: WeightValues, wanted: WeightValues]>([
  ['int32', 'float32', Int32Array.of(3, -2), Float32Array.of(3, -2)],
  ['bool', 'float32', Uint8Array.of(1, 0), Float32Array.of(1, 0)],
  ['bool', 'int32', Uint8Array.of(1, 0), Int32Array.of(1, 0)],
  ['float32', 'int32', Float32Array.of(1.75, -2.5), Int32Array.of(1, -2)],
])('casts %s to %s', async (from, to, stored, wanted) => {
  const build = new GraphBuilder()
  const constant = build.constant('c', [2], from === 'float32' ? undefined : Array.from(stored, Number), from)
  build.node('Cast', 'cast', [constant], { SrcT: dtypeOf(from), DstT: dtypeOf(to) })
  const [found] = await evaluateConstants(build.graph('cast'), {
    raw: () => Promise.resolve(bytesOf(stored)),
    values: () => Promise.resolve(stored),
  })
  expect(found).toEqual({ dtype: to, shape: [2], values: wanted })
})
