import { describe, expect, it } from 'vitest'
import { nodeCosts, totalCost } from './cost'
import { inferShapes } from './shapes'
import { boolOf, dtypeOf, GraphBuilder, intsOf, stringOf } from './testing/build'
import { sharedModel } from './testing/tfjs-models'
import type { Graph } from './types'

const SAME = stringOf('SAME')

function costsOf(graph: Graph) {
  const costs = nodeCosts(graph, inferShapes(graph))
  return { costs, total: totalCost(graph, costs, costs.keys()) }
}

describe('multiply-adds for one image', () => {
  const builder = new GraphBuilder()
  const image = builder.input('image', [null, 10, 12, 3])
  const stride = intsOf(1, 2, 2, 1)
  const conv = builder.node('Conv2D', 'conv', [image, builder.constant('kernel', [3, 3, 3, 8])], {
    strides: stride,
    padding: SAME,
  })
  const depthwise = builder.node('DepthwiseConv2dNative', 'depthwise', [conv, builder.constant('dw', [3, 3, 8, 2])], {
    strides: intsOf(1, 1, 1, 1),
    padding: SAME,
  })
  builder.node(
    'Conv2DBackpropInput',
    'transposed',
    [builder.constant('size', [4], [1, 10, 12, 4]), builder.constant('up', [2, 2, 4, 16]), depthwise],
    { strides: stride, padding: SAME },
  )
  const pooled = builder.node('Mean', 'pooled', [depthwise, builder.constant('space', [2], [1, 2])])
  builder.node('MatMul', 'dense', [pooled, builder.constant('weights', [16, 5])])
  builder.node('MatMul', 'tied', [pooled, builder.constant('turned', [5, 16])], { transpose_b: boolOf(true) })
  const tokens = builder.input('tokens', [null, 7, 6])
  builder.node('BatchMatMulV2', 'attention', [tokens, tokens], { adj_y: boolOf(true) })
  builder.node('Einsum', 'einsum', [tokens, builder.constant('mix', [6, 4])], { equation: stringOf('bij,jk->bik') })
  const { costs } = costsOf(builder.graph())

  it.each([
    ['conv', 5 * 6 * 8 * (3 * 3 * 3)],
    ['depthwise', 5 * 6 * 16 * (3 * 3)],
    ['transposed', 5 * 6 * 16 * (2 * 2 * 4)],
    ['pooled', 0],
    ['dense', 16 * 5],
    ['tied', 16 * 5],
    ['attention', 7 * 7 * 6],
    ['einsum', 7 * 6 * 4],
  ])('%s: %i', (name, expected) => {
    expect(costs.get(name)?.multiplyAdds).toBe(expected)
  })

  it('counts bytes of all outputs', () => {
    expect(costs.get('conv')?.outputBytes).toBe(5 * 6 * 8 * 4)
    expect(costs.get('dense')?.outputBytes).toBe(5 * 4)
  })

  it('counts nothing where an operand has a rank the op does not take', () => {
    const odd = new GraphBuilder()
    odd.node('MatMul', 'product', [odd.input('x', [3]), odd.constant('weights', [3, 2])])
    expect(costsOf(odd.graph()).total.multiplyAdds).toBe(0)
  })

  it('counts nothing where sizes other than the batch are unknown', () => {
    const free = new GraphBuilder()
    const x = free.input('x', [null, null, null, 3])
    free.node('Conv2D', 'conv', [x, free.constant('kernel', [3, 3, 3, 8])], { strides: stride, padding: SAME })
    expect(costsOf(free.graph()).costs.get('conv')).toMatchObject({ multiplyAdds: 0, outputBytes: 0, parameters: 216 })
  })
})

describe('parameters', () => {
  const builder = new GraphBuilder()
  const x = builder.input('x', [null, 4])
  const stored = builder.constant('kernel', [4, 4], undefined, 'float16')
  const cast = builder.node('Cast', 'cast', [stored], { DstT: dtypeOf('float32') })
  const read = builder.node('Identity', 'kernel/read', [cast])
  const first = builder.node('MatMul', 'first', [x, read])
  const second = builder.node('MatMul', 'second', [first, read])
  const biased = builder.node('BiasAdd', 'biased', [second, builder.constant('bias', [4])])
  builder.node('Minimum', 'limited', [biased, builder.constant('six', [])])
  builder.node('Reshape', 'flat', [biased, builder.constant('target', [2], [-1, 2])])
  const graph = builder.graph()
  const { costs, total } = costsOf(graph)

  it('are found through nodes that only pass them on, and counted where they are used', () => {
    expect(costs.get('first')).toMatchObject({ weights: ['kernel'], parameters: 16 })
    expect(costs.get('kernel/read')).toMatchObject({ weights: [], parameters: 0 })
    expect(costs.get('kernel')).toMatchObject({ weights: [], parameters: 0 })
  })

  it('are neither single numbers nor integers', () => {
    expect(costs.get('limited')?.weights).toEqual([])
    expect(costs.get('flat')?.weights).toEqual([])
  })

  it('count once where they are shared', () => {
    expect(total).toEqual({ parameters: 20, multiplyAdds: 32, weightBytes: 4 * 16 + 4 * 4 })
    expect(totalCost(graph, costs, ['second', 'nowhere'])).toEqual({
      parameters: 16,
      multiplyAdds: 16,
      weightBytes: 64,
    })
  })

  it('end a search that goes round in a circle', () => {
    const circle = new GraphBuilder()
    circle.node('Identity', 'a', ['b'])
    circle.node('Identity', 'b', ['a'])
    circle.node('Relu', 'c', ['a'])
    expect(costsOf(circle.graph()).costs.get('c')?.weights).toEqual([])
  })
})

/** The layers of MobileNet v1: output channels and stride of each depthwise separable block. */
function mobileNet(size: number, width: number, classes: number): Graph {
  const builder = new GraphBuilder()
  const blocks = [
    [64, 1],
    [128, 2],
    [128, 1],
    [256, 2],
    [256, 1],
    [512, 2],
    [512, 1],
    [512, 1],
    [512, 1],
    [512, 1],
    [512, 1],
    [1024, 2],
    [1024, 1],
  ]
  let channels = 32 * width
  const stride = (step: number) => ({ strides: intsOf(1, step, step, 1), padding: SAME })
  const image = builder.input('image', [null, size, size, 3])
  let x = builder.node('Conv2D', 'conv', [image, builder.constant('kernel', [3, 3, 3, channels])], stride(2))
  blocks.forEach(([filters, step], i) => {
    const depthwise = builder.constant(`depthwise ${i}`, [3, 3, channels, 1])
    const pointwise = builder.constant(`pointwise ${i}`, [1, 1, channels, filters * width])
    x = builder.node('DepthwiseConv2dNative', `dw ${i}`, [x, depthwise], stride(step))
    x = builder.node('Conv2D', `pw ${i}`, [x, pointwise], stride(1))
    channels = filters * width
  })
  const pooled = builder.node('Mean', 'pooled', [x, builder.constant('axes', [2], [1, 2])])
  return builder.graph(builder.node('MatMul', 'logits', [pooled, builder.constant('dense', [channels, classes])]))
}

describe('networks', () => {
  // Source: tables 6 and 7 of https://arxiv.org/abs/1704.04861, in millions.
  it.each([
    [224, 1, 569, 4.2],
    [224, 0.25, 41, 0.5],
    [128, 1, 186, 4.2],
  ])(
    'MobileNet v1 at %i, width %d, has the %d million multiply-adds of its paper',
    (size, width, millions, parameters) => {
      const { total } = costsOf(mobileNet(size, width, 1000))
      expect(Math.round(total.multiplyAdds / 1e6)).toBe(millions)
      expect(total.parameters / 1e6).toBeCloseTo(parameters, 0)
    },
  )

  it('posenet has what its layers add up to', ({ skip }) => {
    const graph = sharedModel('posenet')
    if (!graph) return skip()
    const { total } = costsOf(graph)
    expect(total.multiplyAdds).toBe(posenetMultiplyAdds())
    expect(total.weightBytes).toBe(4 * total.parameters)
  })
})

/** By hand: MobileNet v1 0.75 on 385 × 385 whose last blocks do not stride, and four heads of 1 × 1 convolutions. */
function posenetMultiplyAdds(): number {
  // Side of the output, channels in, channels out.
  const blocks = [
    [193, 24, 48],
    [97, 48, 96],
    [97, 96, 96],
    [49, 96, 192],
    [49, 192, 192],
    [25, 192, 384],
    ...Array.from({ length: 7 }, () => [25, 384, 384]),
  ]
  const stem = 193 * 193 * 24 * 27
  const separable = blocks.map(([side, input, output]) => side * side * (9 * input + input * output))
  const heads = 25 * 25 * 384 * (17 + 32 + 34 + 32)
  return separable.reduce((total, block) => total + block, stem + heads)
}
