import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { GraphBuilder, dtypeOf, intOf } from '../graph/testing/build'
import { CompiledGraph } from './run/compiled-graph'

beforeAll(() => tf.setBackend('cpu'))

const maskNames = ['begin_mask', 'end_mask', 'shrink_axis_mask', 'ellipsis_mask', 'new_axis_mask'] as const

/** x[begin:end:strides] of a [2, 3, 4] tensor that holds 0 to 23, with the masks given; lists in `fed` are no constants. */
async function sliced(
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  masks: Readonly<Partial<Record<(typeof maskNames)[number], number>>>,
  fed: readonly string[] = [],
): Promise<{ shape: number[]; values: number[] }> {
  const build = new GraphBuilder()
  const x = build.input('x', [2, 3, 4])
  const lists = { begin, end, strides }
  const inputs = Object.entries(lists).map(([name, values]) =>
    fed.includes(name) ? build.input(name, [values.length], 'int32') : build.constant(name, [values.length], values),
  )
  build.node('StridedSlice', 'slice', [x, ...inputs], {
    T: dtypeOf('float32'),
    Index: dtypeOf('int32'),
    ...Object.fromEntries(maskNames.map((name) => [name, intOf(masks[name] ?? 0)])),
  })
  const valuesOf = (id: string): Int32Array => Int32Array.from(lists[id as keyof typeof lists])
  const compiled = await CompiledGraph.compile(build.graph('slice'), {
    raw: (id) => Promise.resolve(new Uint8Array(valuesOf(id).buffer)),
    values: (id) => Promise.resolve(valuesOf(id)),
  })
  const feeds = new Map<string, tf.Tensor>([['x:0', tf.reshape(tf.range(0, 24), [2, 3, 4])]])
  for (const name of fed) feeds.set(`${name}:0`, tf.tensor1d(valuesOf(name), 'int32'))
  const [result] = await compiled.run(feeds)
  return { shape: result.shape, values: Array.from(await result.data()) }
}

it('takes a single index beside a step', async () => {
  // x[:, ::2, 1]
  expect(await sliced([0, 0, 1], [0, 0, 2], [1, 2, 1], { begin_mask: 3, end_mask: 3, shrink_axis_mask: 4 })).toEqual({
    shape: [2, 2],
    values: [1, 9, 13, 21],
  })
})

it('takes the last one beside a step', async () => {
  // x[-1, :, ::3]
  expect(await sliced([-1, 0, 0], [0, 0, 0], [1, 1, 3], { begin_mask: 6, end_mask: 6, shrink_axis_mask: 1 })).toEqual({
    shape: [3, 2],
    values: [12, 15, 16, 19, 20, 23],
  })
})

it('takes several', async () => {
  // x[1, ::-1, 2]
  expect(await sliced([1, 0, 2], [2, 0, 3], [1, -1, 1], { begin_mask: 2, end_mask: 2, shrink_axis_mask: 5 })).toEqual({
    shape: [3],
    values: [22, 18, 14],
  })
})

it('takes one after an ellipsis', async () => {
  // x[..., ::2, 1]
  const masks = { begin_mask: 2, end_mask: 2, shrink_axis_mask: 4, ellipsis_mask: 1 }
  expect(await sliced([0, 0, 1], [0, 0, 2], [1, 2, 1], masks)).toEqual({ shape: [2, 2], values: [1, 9, 13, 21] })
})

it('takes one before an ellipsis', async () => {
  // x[1, ..., ::-2]
  const masks = { begin_mask: 4, end_mask: 4, shrink_axis_mask: 1, ellipsis_mask: 2 }
  expect(await sliced([1, 0, 0], [2, 0, 0], [1, 1, -2], masks)).toEqual({
    shape: [3, 2],
    values: [15, 13, 19, 17, 23, 21],
  })
})

it('takes one beside a new dimension', async () => {
  // x[:, None, ::2, 3]
  const masks = { begin_mask: 5, end_mask: 5, shrink_axis_mask: 8, new_axis_mask: 2 }
  expect(await sliced([0, 0, 0, 3], [0, 0, 0, 4], [1, 1, 2, 1], masks)).toEqual({
    shape: [2, 1, 2],
    values: [3, 11, 15, 23],
  })
})

it('takes one between an ellipsis and a new dimension', async () => {
  // x[..., ::2, -1, None]
  const masks = { begin_mask: 2, end_mask: 2, shrink_axis_mask: 4, ellipsis_mask: 1, new_axis_mask: 8 }
  expect(await sliced([0, 0, -1, 0], [0, 0, 0, 0], [1, 2, 1, 1], masks)).toEqual({
    shape: [2, 2, 1],
    values: [3, 11, 15, 23],
  })
})

it.each([[['begin', 'end']], [['begin', 'end', 'strides']]])('takes one where %s is known only then', async (fed) => {
  // x[:, ::2, 1]
  const masks = { begin_mask: 3, end_mask: 3, shrink_axis_mask: 4 }
  expect(await sliced([0, 0, 1], [0, 0, 2], [1, 2, 1], masks, fed)).toEqual({ shape: [2, 2], values: [1, 9, 13, 21] })
})
