import { describe, expect, test } from 'vitest'
import { indexGraph } from '../lookup/graph-index'
import { GraphBuilder, intsOf, stringOf, stringsOf } from '../testing/build'
import { shapeText } from './shape-text'
import { brief, opTitle, runTitle, tensorShapeText } from './titles'

/** One node of an op with a kernel of that shape, read through an Identity as in an unfrozen graph. */
function withKernel(op: string, shape: readonly number[], attributes = {}) {
  const build = new GraphBuilder()
  const kernel = build.node('Identity', 'read', [build.constant('kernel', shape)])
  build.node(op, 'node', [build.input('image', [null, 8, 8, 3]), kernel], attributes)
  const index = indexGraph(build.graph('node'))
  const node = index.nodes.get('node')
  if (!node) throw new Error('the node is missing')
  return { node, index }
}

const briefOf = (...about: Parameters<typeof withKernel>) => {
  const { node, index } = withKernel(...about)
  return brief(node, index)
}

describe('brief', () => {
  test('tells kernel, stride and channels of a convolution', () => {
    expect(briefOf('Conv2D', [3, 3, 3, 32], { strides: intsOf(1, 2, 2, 1) })).toBe('3×3 · stride 2 · 32')
    expect(briefOf('_FusedConv2D', [1, 1, 96, 24], { strides: intsOf(1, 1, 1, 1) })).toBe('1×1 · 24')
  })

  test('multiplies the channels of a depthwise kernel', () => {
    expect(briefOf('DepthwiseConv2dNative', [5, 5, 16, 2])).toBe('5×5 · 32')
  })

  test('takes the output channels of a transposed convolution from its kernel, which stands the other way round', () => {
    expect(briefOf('Conv2DBackpropInput', [3, 3, 8, 64])).toBe('3×3 · 8')
  })

  test('reads strides where the data format puts them, and says dilation', () => {
    const attributes = { data_format: stringOf('NCHW'), strides: intsOf(1, 1, 2, 2), dilations: intsOf(1, 1, 2, 4) }
    expect(briefOf('Conv2D', [3, 3, 3, 8], attributes)).toBe('3×3 · stride 2 · dilation 2×4 · 8')
  })

  test('tells the window of a pooling and the sizes of a product', () => {
    expect(briefOf('MaxPool', [1], { ksize: intsOf(1, 2, 2, 1), strides: intsOf(1, 2, 2, 1) })).toBe('2×2 · stride 2')
    expect(briefOf('MatMul', [1280, 10])).toBe('1280 → 10')
  })

  test('says nothing of other ops', () => {
    expect(briefOf('AddV2', [3])).toBe('')
  })
})

test('opTitle names what is fused in, but not the bias', () => {
  const { node } = withKernel('_FusedConv2D', [1, 1, 1, 1], { fused_ops: stringsOf('BiasAdd', 'Relu6') })
  expect(opTitle(node)).toBe('Conv2D · ReLU6')
  expect(runTitle('DepthwiseConv2dNative … Prelu')).toBe('DepthwiseConv2D … PReLU')
})

test('the shape of a weight is told whole, also where it is only passed on', () => {
  const { index } = withKernel('Conv2D', [1, 1, 3, 8])
  expect(tensorShapeText('kernel:0', [1, 1, 3, 8], index)).toBe('1×1×3×8')
  expect(tensorShapeText('read:0', [1, 1, 3, 8], index)).toBe('1×1×3×8')
  expect(tensorShapeText('node:0', [1, 8, 8, 8], index)).toBe('8×8×8')
  expect(tensorShapeText('kernel:0', null, index)).toBe('?')
})

test('shapeText leaves the batch out and keeps what is not known', () => {
  expect(shapeText([null, 112, 112, 32])).toBe('112×112×32')
  expect(shapeText([1, null, null, 3])).toBe('?×?×3')
  expect(shapeText([4])).toBe('4')
  expect(shapeText([2, 5])).toBe('2×5')
  expect(shapeText([])).toBe('scalar')
  expect(shapeText(null)).toBe('?')
})
