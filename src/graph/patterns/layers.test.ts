import { describe, expect, it } from 'vitest'
import { indexGraph } from '../lookup/graph-index'
import { GraphBuilder, intsOf, stringsOf } from '../testing/build'
import { layerName } from './index'
import { patternsOf, titlesOf } from './testing/find'
import { bias, conv, dense, depthwise, fusedNorm, normScale, spelledNorm } from './testing/parts'

function start(channels = 3): { build: GraphBuilder; image: string } {
  const build = new GraphBuilder()
  return { build, image: build.input('image', [null, 32, 32, channels]) }
}

describe('a convolution', () => {
  it('is one with its fused batch norm and its activation', () => {
    const { build, image } = start()
    const norm = fusedNorm(build, 'norm', conv(build, 'conv', image, [3, 3, 3, 32], { stride: 2 }), 32)
    const graph = build.graph(build.node('Relu6', 'relu', [norm]))
    expect(patternsOf(graph)).toEqual([
      {
        kind: 'convolution',
        title: 'Conv 3×3, 32, stride 2 · BN · ReLU6',
        nodes: ['conv', 'norm', 'relu'],
        inner: [],
        output: 'relu:0',
      },
    ])
  })

  it('is one with a batch norm spelled out in seven operations, constants read through Identity', () => {
    const { build, image } = start()
    const norm = spelledNorm(build, 'bn', conv(build, 'conv', image, [1, 1, 3, 16]), 16)
    const [pattern] = patternsOf(build.graph(build.node('Relu', 'relu', [norm])))
    expect(pattern.title).toBe('Conv 1×1, 16 · BN · ReLU')
    expect([...pattern.nodes].sort()).toEqual(
      ['conv', 'relu', ...['add', 'Rsqrt', 'mul', 'mul_1', 'mul_2', 'sub', 'add_1'].map((op) => `bn/${op}`)].sort(),
    )
  })

  it.each([
    ['a folded batch norm', ['Mul', 'AddV2'], 'Conv 3×3, 8 · BN'],
    ['one that takes away the mean first', ['Sub', 'Mul', 'Add'], 'Conv 3×3, 8 · BN'],
    ['one that divides', ['Sub', 'RealDiv', 'Mul', 'Add'], 'Conv 3×3, 8 · BN'],
    ['one that takes away the shift', ['Mul', 'Sub'], 'Conv 3×3, 8 · BN'],
    ['a bias by addition', ['AddV2'], 'Conv 3×3, 8 · bias'],
    ['a bias and a batch norm', ['Add', 'Mul', 'Add'], 'Conv 3×3, 8 · bias · BN'],
    ['a bare scale, which is no norm', ['Mul'], 'Conv 3×3, 8'],
  ])('with %s', (_, ops, title) => {
    const { build, image } = start()
    let last = conv(build, 'conv', image, [3, 3, 3, 8])
    ops.forEach((op, i) => (last = build.node(op, `op${i}`, [last, build.constant(`c${i}`, [1, 1, 1, 8])])))
    expect(titlesOf(build.graph(last))).toEqual([title])
  })

  it('does not take what is added to every place or by one number for a bias', () => {
    const { build, image } = start()
    const first = build.node('AddV2', 'one', [conv(build, 'conv', image, [3, 3, 3, 8]), build.constant('number', [])])
    const second = conv(build, 'conv2', first, [3, 3, 8, 8])
    const place = build.node('AddV2', 'place', [second, build.constant('places', [32, 32, 8])])
    expect(titlesOf(build.graph(place))).toEqual(['Conv 3×3, 8', 'Conv 3×3, 8'])
  })

  it('names what is fused into it, and what follows still', () => {
    const { build, image } = start()
    const one = conv(build, 'one', image, [3, 3, 3, 8], { fused: ['BiasAdd', 'Relu6'] })
    const two = conv(build, 'two', one, [1, 1, 8, 4], { fused: ['BiasAdd'], stride: 2 })
    const graph = build.graph(build.node('Sigmoid', 'sigmoid', [two]))
    expect(titlesOf(graph)).toEqual(['Conv 3×3, 8 · bias · ReLU6', 'Conv 1×1, 4, stride 2 · bias · sigmoid'])
    const index = indexGraph(graph)
    const names = ['one', 'two', 'sigmoid'].map((name) => index.graph.nodes.find((node) => node.name === name))
    expect(names.map((node) => node && layerName(node, index))).toEqual([
      'Conv 3×3, 8 · bias · ReLU6',
      'Conv 1×1, 4, stride 2 · bias',
      null,
    ])
  })

  it('may have its batch norm after the activation', () => {
    const { build, image } = start()
    const relu = build.node('Relu', 'relu', [bias(build, 'bias', conv(build, 'conv', image, [5, 5, 3, 8]), 8)])
    expect(titlesOf(build.graph(fusedNorm(build, 'norm', relu, 8)))).toEqual(['Conv 5×5, 8 · bias · ReLU · BN'])
  })

  it('takes in its padding, and what only passes values on', () => {
    const { build, image } = start()
    const pad = build.node('Pad', 'pad', [image, build.constant('paddings', [4, 2], [0, 0, 1, 1, 1, 1, 0, 0])])
    const passed = build.node('Identity', 'passed', [conv(build, 'conv', pad, [3, 3, 3, 8])])
    const [pattern] = patternsOf(build.graph(build.node('Elu', 'elu', [passed])))
    expect(pattern).toMatchObject({ title: 'Conv 3×3, 8 · ELU', nodes: ['pad', 'conv', 'passed', 'elu'] })
  })

  it('says depthwise, transposed, dilated and one-dimensional', () => {
    const { build, image } = start(8)
    const first = depthwise(build, 'depthwise', image, [3, 3, 8, 2], { stride: 2 })
    const second = conv(build, 'dilated', build.node('MaxPool', 'pool', [first]), [3, 3, 16, 4], { dilation: 2 })
    const size = build.constant('size', [4], [1, 64, 64, 2])
    const third = build.node('Conv2DBackpropInput', 'up', [size, build.constant('up/kernel', [4, 4, 2, 4]), second], {
      strides: intsOf(1, 2, 2, 1),
    })
    expect(titlesOf(build.graph(bias(build, 'bias', third, 2)))).toEqual([
      'Depthwise 3×3, multiplier 2, stride 2',
      'Conv 3×3, 4, dilation 2',
      'Transposed conv 4×4, 2, stride 2 · bias',
    ])
  })

  it('takes in how the size of a transposed convolution is worked out', () => {
    const { build, image } = start(4)
    const shape = build.node('Shape', 'shape', [image])
    const slice = (name: string) => build.node('StridedSlice', name, [shape, build.constant(`${name}/at`, [1], [0])])
    const height = build.node('Mul', 'double', [slice('height'), build.constant('two', [], [2])])
    const size = build.node('Pack', 'size', [slice('batch'), height, height, build.constant('channels', [], [2])])
    const up = build.node('Conv2DBackpropInput', 'up', [size, build.constant('kernel', [4, 4, 2, 4]), image])
    const [pattern] = patternsOf(build.graph(build.node('Relu', 'relu', [up])))
    expect([...pattern.nodes].sort()).toEqual(['batch', 'double', 'height', 'relu', 'shape', 'size', 'up'])
  })

  it('is an atrous one between SpaceToBatchND and BatchToSpaceND, with its bias inside or after', () => {
    for (const inside of [true, false]) {
      const { build, image } = start()
      const block = build.constant('block', [2], [6, 6])
      const there = build.node('SpaceToBatchND', 'there', [image, block, build.constant('pads', [2, 2], [6, 6, 6, 6])])
      const made = conv(build, 'conv', there, [3, 3, 3, 8])
      const back = build.node('BatchToSpaceND', 'back', [
        inside ? bias(build, 'bias', made, 8) : made,
        block,
        build.constant('crops', [2, 2], [0, 0, 0, 0]),
      ])
      const relu = build.node('Relu', 'relu', [inside ? back : bias(build, 'bias', back, 8)])
      const [pattern, ...more] = patternsOf(build.graph(relu))
      expect(more).toEqual([])
      expect(pattern.title).toBe('Conv 3×3, 8, dilation 6 · bias · ReLU')
      expect([...pattern.nodes].sort()).toEqual(['back', 'bias', 'conv', 'relu', 'there'])
    }
  })

  it('has one dimension between ExpandDims and Squeeze', () => {
    const { build, image } = start()
    const high = build.node('ExpandDims', 'high', [image, build.constant('axis', [], [1])])
    const flat = build.node('Squeeze', 'flat', [conv(build, 'conv', high, [1, 5, 3, 16])])
    expect(titlesOf(build.graph(bias(build, 'bias', flat, 16)))).toEqual(['Conv 5, 16 · bias'])
  })
})

describe('a dense layer', () => {
  it('is a product with a constant matrix, its bias and its activation', () => {
    const { build, image } = start()
    const graph = build.graph(
      build.node('Relu', 'relu', [bias(build, 'bias', dense(build, 'fc', image, 1280, 10), 10)]),
    )
    expect(patternsOf(graph)).toMatchObject([{ kind: 'dense', title: 'Dense 1280 → 10 · bias · ReLU' }])
  })

  it('may be fused, and work on the last of several dimensions', () => {
    const { build, image } = start()
    const rows = build.node('Reshape', 'rows', [image, build.constant('shape', [2], [-1, 64])])
    const back = build.node('Reshape', 'back', [dense(build, 'fc', rows, 64, 32), build.constant('shape2', [3])])
    const kernel = build.constant('kernel', [32, 16])
    const fused = build.node(
      '_FusedMatMul',
      'fused',
      [bias(build, 'bias', back, 32), kernel, build.constant('fused/bias', [16])],
      { fused_ops: stringsOf('BiasAdd', 'Relu') },
    )
    const patterns = patternsOf(build.graph(fused))
    expect(patterns.map(({ title }) => title)).toEqual(['Dense 64 → 32 · bias', 'Dense 32 → 16 · bias · ReLU'])
    expect(patterns[0].nodes).toEqual(['rows', 'fc', 'back', 'bias'])
  })

  it('is no product of two tensors, and no turning by a small matrix', () => {
    const { build, image } = start()
    const product = build.node('BatchMatMulV2', 'product', [image, image])
    const turned = build.node('BatchMatMulV2', 'turned', [product, build.constant('matrix', [4, 4])])
    expect(patternsOf(build.graph(turned))).toEqual([])
  })
})

describe('nothing is merged', () => {
  it('across a tensor with a second consumer', () => {
    const { build, image } = start()
    const made = conv(build, 'conv', image, [3, 3, 3, 8])
    const norm = fusedNorm(build, 'norm', made, 8)
    const other = build.node('MaxPool', 'other', [made])
    expect(titlesOf(build.graph(build.node('Relu', 'relu', [norm]), other))).toEqual([
      'Conv 3×3, 8',
      'Batch norm · ReLU',
    ])
  })

  it('across an output of the graph', () => {
    const { build, image } = start()
    const norm = fusedNorm(build, 'norm', conv(build, 'conv', image, [3, 3, 3, 8]), 8)
    const graph = build.graph(norm, build.node('Relu', 'relu', [norm]))
    expect(patternsOf(graph)).toMatchObject([{ title: 'Conv 3×3, 8 · BN', output: 'norm:0' }])
  })

  it('where another output of a batch norm is taken', () => {
    const { build, image } = start()
    const norm = fusedNorm(build, 'norm', conv(build, 'conv', image, [3, 3, 3, 8]), 8)
    const mean = build.node('Identity', 'mean', ['norm:1'])
    expect(titlesOf(build.graph(build.node('Relu', 'relu', [norm]), mean))).toEqual(['Conv 3×3, 8'])
  })

  it('with a batch norm that two convolutions go through', () => {
    const { build, image } = start()
    const sum = build.node('AddV2', 'sum', [
      conv(build, 'a', image, [3, 3, 3, 8]),
      conv(build, 'b', image, [1, 1, 3, 8]),
    ])
    const relu = build.node('Relu', 'relu', [fusedNorm(build, 'norm', sum, 8)])
    expect(titlesOf(build.graph(relu))).toEqual(['Conv 3×3, 8', 'Conv 1×1, 8', 'Batch norm · ReLU'])
  })

  it('with what works out the scale of two batch norms: it stays outside of both', () => {
    const { build, image } = start()
    const scale = normScale(build, 'shared', 8)
    const one = spelledNorm(build, 'one', conv(build, 'a', image, [3, 3, 3, 8]), 8, scale)
    const two = spelledNorm(build, 'two', conv(build, 'b', one, [3, 3, 8, 8]), 8, scale)
    const patterns = patternsOf(build.graph(two))
    expect(patterns.map(({ title }) => title)).toEqual(['Conv 3×3, 8 · BN', 'Conv 3×3, 8 · BN'])
    expect(patterns.flatMap(({ nodes }) => nodes).filter((name) => name.startsWith('shared'))).toEqual([])
  })

  it('with a padding that two convolutions share', () => {
    const { build, image } = start()
    const pad = build.node('Pad', 'pad', [image, build.constant('paddings', [4, 2])])
    const [a, b] = ['a', 'b'].map((name) => conv(build, name, pad, [3, 3, 3, 8]))
    expect(patternsOf(build.graph(a, b)).map(({ nodes }) => nodes)).toEqual([['a'], ['b']])
  })

  it('but control edges, which do not hinder', () => {
    const { build, image } = start()
    const made = build.node('Conv2D', 'conv', [image, build.constant('kernel', [3, 3, 3, 8]), '^image'])
    const relu = build.node('Relu', 'relu', [made])
    expect(titlesOf(build.graph(build.node('MaxPool', 'after', [relu, '^conv'])))).toEqual(['Conv 3×3, 8 · ReLU'])
  })
})
