import { describe, expect, it } from 'vitest'
import { modernise } from '.'
import { checkGraph } from '../check'
import { inferShapes } from '../shapes'
import { GraphBuilder } from '../testing/build'
import type { Attributes, Graph } from '../types'

const float: Attributes = { T: { kind: 'dtype', value: 'float32' } }

/** One node of an old op on a picture, with inputs of its own. */
function withOld(op: string, shapes: readonly (readonly number[])[], attributes: Attributes): Graph {
  const builder = new GraphBuilder()
  const inputs = shapes.map((shape, i) => builder.input(`input${i}`, shape))
  const old = builder.node(op, 'old', inputs, { ...float, ...attributes })
  return builder.graph(builder.node('Relu', 'after', [old], float))
}

describe('old ops', () => {
  it('become what they are called today', () => {
    const modern = modernise(withOld('CheckNumerics', [[1, 4]], { message: { kind: 'string', value: 'x' } }))
    expect(modern.nodes.find(({ name }) => name === 'old')?.op).toBe('Identity')
  })

  it.each([
    [true, ['FusedBatchNorm']],
    [false, ['OnesLike', 'FusedBatchNorm']],
  ])('of batch norms are fused ones, scaling: %s', (value, ops) => {
    const graph = withOld('BatchNormWithGlobalNormalization', [[1, 5, 5, 3], [3], [3], [3], [3]], {
      variance_epsilon: { kind: 'float', value: 0.25 },
      scale_after_normalization: { kind: 'bool', value },
    })
    const modern = modernise(graph)
    checkGraph(modern)
    expect(modern.nodes.filter(({ name }) => name.startsWith('old')).map(({ op }) => op)).toEqual(ops)
    const norm = modern.nodes.find(({ name }) => name === 'old')
    expect(norm?.inputs).toEqual(['input0:0', value ? 'input4:0' : 'old/ones:0', 'input3:0', 'input1:0', 'input2:0'])
    expect(norm?.attributes.epsilon).toEqual({ kind: 'float', value: 0.25 })
    expect(inferShapes(modern).get('after:0')?.shape).toEqual([1, 5, 5, 3])
  })

  it('that TensorFlow.js lacks are made of others', () => {
    const modern = modernise(withOld('Erfc', [[1, 4]], {}))
    checkGraph(modern)
    const made = modern.nodes.filter(({ name }) => name.startsWith('old'))
    expect(made.map(({ op, inputs }) => [op, ...inputs])).toEqual([
      ['OnesLike', 'input0:0'],
      ['Erf', 'input0:0'],
      ['Sub', 'old/ones:0', 'old/Erf:0'],
    ])
  })

  it('of padded convolutions are taken apart', () => {
    const builder = new GraphBuilder()
    const image = builder.input('image', [1, 5, 5, 3])
    const size = builder.constant('size', [2], [9, 9])
    const paddings = builder.constant('paddings', [4, 2], [0, 0, 1, 1, 1, 1, 0, 0])
    const filter = builder.input('filter', [3, 3, 3, 8])
    const old = builder.node('FusedResizeAndPadConv2D', 'old', [image, size, paddings, filter], {
      ...float,
      mode: { kind: 'string', value: 'REFLECT' },
      padding: { kind: 'string', value: 'VALID' },
      strides: { kind: 'list', items: [1, 2, 2, 1].map((value) => ({ kind: 'int', value })) },
      resize_align_corners: { kind: 'bool', value: false },
    })
    const modern = modernise(builder.graph(old))
    checkGraph(modern)
    const infos = inferShapes(modern)
    expect(infos.get('old/MirrorPad:0')?.shape).toEqual([1, 11, 11, 3])
    expect(infos.get('old:0')?.shape).toEqual([1, 5, 5, 8])
  })

  it('are all that is changed', () => {
    const graph = withOld('Sigmoid', [[1, 4]], {})
    expect(modernise(graph)).toBe(graph)
  })
})
