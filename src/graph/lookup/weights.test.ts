import { describe, expect, it } from 'vitest'
import type { WeightStore } from '../types'
import { bytesOf, constantNode, floatWeight, intWeight, overlayWeights } from './weights'

const base: WeightStore = {
  raw: (id) => Promise.resolve(new TextEncoder().encode(id)),
  values: () => Promise.resolve(new Float32Array([7])),
}

describe('overlayWeights', () => {
  it('gives new constants, and the old ones for every other id', async () => {
    const store = overlayWeights(base, new Map([['shape', intWeight('shape', [-1, 49])]]))
    expect(await store.values('shape')).toEqual(new Int32Array([-1, 49]))
    expect([...(await store.raw('shape'))]).toEqual([255, 255, 255, 255, 49, 0, 0, 0])
    expect(await store.values('kernel')).toEqual(new Float32Array([7]))
    expect(await store.raw('kernel')).toEqual(new TextEncoder().encode('kernel'))
  })

  it('is the old store where nothing is new', () => {
    expect(overlayWeights(base, new Map())).toBe(base)
  })
})

describe('bytesOf', () => {
  it('takes only the part of a buffer that a view shows', () => {
    const view = new Float32Array([1, 2, 3]).subarray(1, 2)
    expect([...bytesOf(view)]).toEqual([...new Uint8Array(new Float32Array([2]).buffer)])
  })

  it('writes strings with their length before them', () => {
    expect([...bytesOf(['é', ''])]).toEqual([2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0])
  })
})

describe('new constants', () => {
  it('say their shape and hold small values for shape inference', () => {
    expect(intWeight('axis', 1).info).toEqual({ id: 'axis', dtype: 'int32', shape: [], bytes: 4, small: [1] })
    expect(intWeight('axes', [1, 2]).info.shape).toEqual([2])
    expect(floatWeight('kernel', new Float32Array(6), [3, 2]).info).toEqual({
      id: 'kernel',
      dtype: 'float32',
      shape: [3, 2],
      bytes: 24,
    })
    expect(constantNode(intWeight('axis', 1))).toMatchObject({ name: 'axis', op: 'Const', weight: 'axis' })
  })
})
