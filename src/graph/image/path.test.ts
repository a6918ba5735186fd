import { describe, expect, it, vi } from 'vitest'
import { picturePath } from './path'
import { rangeAfter } from './range'
import { curveOf } from './testing/curve-of'
import { indexGraph } from '../lookup/graph-index'
import { dtypeOf, GraphBuilder, intOf } from '../testing/build'
import type { WeightStore } from '../types'

const float = { T: dtypeOf('float32') }

describe('picturePath', () => {
  const slice = (values: readonly number[], masks: Record<string, number>): Promise<string | null> => {
    const build = new GraphBuilder()
    build.input('image', [null, 8, 8, 3])
    for (const [name, small] of [
      ['begin', values.map(() => 0)],
      ['end', values.map(() => 0)],
      ['strides', values],
    ] as const)
      build.constant(name, [values.length], small)
    build.node(
      'StridedSlice',
      'turned',
      ['image', 'begin', 'end', 'strides'],
      Object.fromEntries(Object.entries(masks).map(([name, value]) => [name, { kind: 'int', value }] as const)),
    )
    build.constant('mean', [3])
    build.node('BiasAdd', 'centred', ['turned', 'mean'])
    build.constant('kernel', [3, 3, 3, 4])
    build.node('Conv2D', 'conv', ['centred', 'kernel'], float)
    const index = indexGraph(build.graph('conv'))
    const weights: WeightStore = {
      raw: () => Promise.reject(new Error('not asked')),
      values: () => Promise.resolve(Float32Array.from([-103.939, -116.779, -123.68])),
    }
    return curveOf(index, weights).then((map) => map && rangeAfter(map))
  }

  it('goes on where channels are turned round, and what comes after is of the turned ones', async () => {
    expect(await slice([1, -1], { begin_mask: 2, end_mask: 2, ellipsis_mask: 1 })).toBe('caffe')
    expect(await slice([1, 1, 1, -1], { begin_mask: 15, end_mask: 15 })).toBe('caffe')
  })

  it('goes on where channels are put together the other way', () => {
    const packed = (...channels: readonly number[]): string | undefined => {
      const build = new GraphBuilder()
      build.input('image', [null, 8, 8, 3])
      build.constant('ones', [4], [1, 1, 1, 1])
      const masks = { begin_mask: 7, end_mask: 7, shrink_axis_mask: 8 }
      const slices = channels.map((channel) => {
        build.constant(`begin${channel}`, [4], [0, 0, 0, channel])
        const inputs = ['image', `begin${channel}`, 'ones', 'ones']
        return build.node(
          'StridedSlice',
          `channel${channel}`,
          inputs,
          Object.fromEntries(Object.entries(masks).map(([name, value]) => [name, intOf(value)])),
        )
      })
      build.node('Pack', 'turned', slices, { axis: intOf(-1) })
      build.constant('kernel', [3, 3, 3, 4])
      build.node('Conv2D', 'conv', ['turned', 'kernel'], float)
      const path = picturePath(indexGraph(build.graph('conv')), 'image:0')
      return path?.steps.map(({ node, reverses }) => `${node.op} ${reverses}`).join()
    }
    expect(packed(2, 1, 0)).toBe('Pack true')
    // Taken out and put together again as they were, they are the same picture.
    expect(packed(0, 1, 2)).toBe('Pack false')
    expect(packed(2, 0, 1)).toBeUndefined()
  })

  it('does not look at all that is before, for each convolution of a network that takes no picture', () => {
    const build = new GraphBuilder()
    let tensor = build.input('sound', [null, 8, 8, 64])
    build.constant('kernel', [3, 3, 64, 64])
    const [blocks, nodes] = [20, 4]
    for (let block = 0; block < blocks; block++) {
      const made = build.node('Conv2D', `conv${block}`, [tensor, 'kernel'], float)
      const gate = build.node('Sigmoid', `gate${block}`, [made], float)
      tensor = build.node(
        'AddV2',
        `sum${block}`,
        [build.node('Mul', `gated${block}`, [gate, made], float), tensor],
        float,
      )
    }
    const index = indexGraph(build.graph(tensor))
    const lookUp = vi.spyOn(index.nodes, 'get')
    expect(picturePath(index, null)).toBeNull()
    expect(lookUp.mock.calls.length).toBeLessThan(300 * blocks * nodes)
  })

  it('ends at slices that do anything else', async () => {
    expect(await slice([1, 1, -1, 1], { begin_mask: 15, end_mask: 15 })).toBeNull()
    expect(await slice([1, 2, 1, -1], { begin_mask: 15, end_mask: 15 })).toBeNull()
    expect(await slice([1, 1, 1, -1], { begin_mask: 7, end_mask: 15 })).toBeNull()
    expect(await slice([1, -1], { begin_mask: 3, end_mask: 3 })).toBeNull()
  })
})
