import { describe, expect, it } from 'vitest'
import { sharedModel } from '../testing/tfjs-models'
import type { Shape } from '../types'
import { inferShapes } from './index'

// What TensorFlow.js gave when it ran them; every tensor of all three was compared once, a few are kept here.
const executed: readonly (readonly [model: string, shapes: Readonly<Record<string, Shape>>])[] = [
  [
    'posenet',
    {
      'MobilenetV1/MobilenetV1/Conv2d_0/Relu6:0': [1, 193, 193, 24],
      'MobilenetV1/heatmap_2/BiasAdd:0': [1, 25, 25, 17],
      'MobilenetV1/offset_2/BiasAdd:0': [1, 25, 25, 34],
    },
  ],
  ['movenet-lightning', { 'Identity:0': [1, 1, 17, 3] }],
  ['facemesh-attention', { 'Identity:0': [1, 1], 'Identity_3:0': [1, 1, 1, 160], 'Identity_4:0': [1, 1, 1, 1404] }],
]

describe.each(executed)('%s', (name, shapes) => {
  const graph = sharedModel(name)
  const infos = graph ? inferShapes(graph) : new Map<string, never>()

  it.skipIf(!graph)('has no tensor of unknown rank, dtype or inner size', () => {
    const unknown = [...infos].filter(
      ([, { shape, dtype }]) => dtype === 'unknown' || shape === null || shape.slice(1).includes(null),
    )
    expect(unknown).toEqual([])
    expect(infos.size).toBeGreaterThanOrEqual(graph?.nodes.length ?? 0)
  })

  it.skipIf(!graph)('has the shapes it has when run', () => {
    const input = graph?.inputs[0]
    const feeds = new Map([[input?.tensor ?? '', input?.shape?.map((size) => size ?? 1) ?? []]])
    const fed = graph ? inferShapes(graph, { feeds }) : new Map<string, never>()
    for (const [tensor, shape] of Object.entries(shapes)) expect(fed.get(tensor)?.shape, tensor).toEqual(shape)
    // Left open, only the batch is open.
    for (const [tensor, { shape }] of infos) {
      const exact = fed.get(tensor)?.shape
      expect(
        shape?.map((size, axis) => size ?? exact?.at(axis)),
        tensor,
      ).toEqual(exact)
    }
  })
})
