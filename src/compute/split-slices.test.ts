import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { GraphBuilder, dtypeOf, intOf } from '../graph/testing/build'
import { CompiledGraph } from './compiled'

beforeAll(() => tf.setBackend('cpu'))

/** x[begin:end:strides] of a [2, 3, 4] tensor that holds 0 to 23, with the masks given. */
async function sliced(
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  masks: Readonly<Partial<Record<'begin_mask' | 'end_mask' | 'shrink_axis_mask', number>>>,
): Promise<{ shape: number[]; values: number[] }> {
  const build = new GraphBuilder()
  const x = build.input('x', [2, 3, 4])
  const lists = { begin, end, strides }
  const inputs = Object.entries(lists).map(([name, values]) => build.constant(name, [values.length], values))
  build.node('StridedSlice', 'slice', [x, ...inputs], {
    T: dtypeOf('float32'),
    Index: dtypeOf('int32'),
    begin_mask: intOf(masks.begin_mask ?? 0),
    end_mask: intOf(masks.end_mask ?? 0),
    shrink_axis_mask: intOf(masks.shrink_axis_mask ?? 0),
    ellipsis_mask: intOf(0),
    new_axis_mask: intOf(0),
  })
  const valuesOf = (id: string): Int32Array => Int32Array.from(lists[id as keyof typeof lists])
  const compiled = await CompiledGraph.compile(build.graph('slice'), {
    raw: (id) => Promise.resolve(new Uint8Array(valuesOf(id).buffer)),
    values: (id) => Promise.resolve(valuesOf(id)),
  })
  const [result] = await compiled.run(new Map([['x:0', tf.reshape(tf.range(0, 24), [2, 3, 4])]]))
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
