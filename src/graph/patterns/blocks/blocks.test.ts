import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../testing/build'
import { outline, patternsOf } from '../testing/find'
import { bias, conv, dense, depthwise, fusedNorm, globalPool, mix, type KernelShape } from '../testing/parts'

/** A convolution with batch norm, and ReLU6 unless it is linear. */
function layer(
  build: GraphBuilder,
  name: string,
  input: string,
  kernel: KernelShape,
  { linear = false, stride = 1 } = {},
) {
  const norm = fusedNorm(build, `${name}/norm`, conv(build, name, input, kernel, { stride }), kernel[3])
  return linear ? norm : build.node('Relu6', `${name}/relu`, [norm])
}

function depthwiseLayer(build: GraphBuilder, name: string, input: string, channels: number, stride = 1): string {
  const made = depthwise(build, name, input, [3, 3, channels, 1], { stride })
  return build.node('Relu6', `${name}/relu`, [fusedNorm(build, `${name}/norm`, made, channels)])
}

interface Expansion {
  readonly skip?: boolean
  readonly excite?: boolean
}

/** `name`: a MobileNet v2 block that keeps its 16 channels. */
function inverted(
  build: GraphBuilder,
  name: string,
  input: string,
  { skip = true, excite = false }: Expansion = {},
): string {
  const expanded = layer(build, `${name}/expand`, input, [1, 1, 16, 96])
  const filtered = depthwiseLayer(build, `${name}/depthwise`, expanded, 96)
  const weighted = excite ? squeezeExcite(build, `${name}/se`, filtered, 96, 4) : filtered
  const projected = layer(build, `${name}/project`, weighted, [1, 1, 96, 16], { linear: true })
  return skip ? build.node('AddV2', `${name}/add`, [input, projected]) : projected
}

function squeezeExcite(build: GraphBuilder, name: string, input: string, channels: number, few: number): string {
  const pooled = globalPool(build, `${name}/pool`, input, true)
  const squeezed = build.node('Relu', `${name}/relu`, [mix(build, `${name}/reduce`, pooled, channels, few)])
  const gate = build.node('Sigmoid', `${name}/sigmoid`, [mix(build, `${name}/expand`, squeezed, few, channels)])
  return build.node('Mul', `${name}/mul`, [gate, input])
}

function start(channels = 16): { build: GraphBuilder; image: string } {
  const build = new GraphBuilder()
  return { build, image: build.node('MaxPool', 'start', [build.input('image', [null, 32, 32, channels])]) }
}

/** So that what is looked at is not the end of the network. */
const after = (build: GraphBuilder, tensor: string): string => build.node('MaxPool', 'after', [tensor])

describe('separable convolution', () => {
  it('is a depthwise one directly followed by a 1×1 one', () => {
    const { build, image } = start()
    const end = layer(build, 'pointwise', depthwiseLayer(build, 'depthwise', image, 16, 2), [1, 1, 16, 32])
    expect(outline(patternsOf(build.graph(after(build, end))))).toEqual([
      'Separable conv 3×3, 32, stride 2 · BN · ReLU6',
      ' Depthwise 3×3, stride 2 · BN · ReLU6',
      ' Conv 1×1, 32 · BN · ReLU6',
    ])
  })

  it('is not one where something else takes the depthwise result, nor with a 3×3 one', () => {
    const { build, image } = start()
    const filtered = depthwiseLayer(build, 'depthwise', image, 16)
    const one = layer(build, 'one', filtered, [1, 1, 16, 32])
    const other = depthwiseLayer(build, 'other', build.node('AddV2', 'sum', [filtered, image]), 16)
    const graph = build.graph(after(build, one), layer(build, 'three', other, [3, 3, 16, 8]))
    expect(patternsOf(graph).every(({ kind }) => kind === 'convolution')).toBe(true)
  })
})

describe('inverted residual block', () => {
  it('is expansion, depthwise, linear projection and addition', () => {
    const { build, image } = start()
    const end = inverted(build, 'second', inverted(build, 'first', image))
    const [first, ...rest] = patternsOf(build.graph(after(build, end)))
    expect(rest).toHaveLength(1)
    expect(outline([first])).toEqual([
      'Inverted residual 3×3, 16 → 96 → 16 · skip',
      ' Conv 1×1, 96 · BN · ReLU6',
      ' Depthwise 3×3 · BN · ReLU6',
      ' Conv 1×1, 16 · BN',
    ])
    expect(first).toMatchObject({ kind: 'inverted-residual', output: 'first/add:0' })
  })

  it('may have squeeze-and-excitation inside, and no addition', () => {
    const { build, image } = start()
    const end = inverted(build, 'block', image, { excite: true, skip: false })
    expect(outline(patternsOf(build.graph(after(build, end))))).toEqual([
      'Inverted residual 3×3, 16 → 96 → 16 · SE',
      ' Conv 1×1, 96 · BN · ReLU6',
      ' Depthwise 3×3 · BN · ReLU6',
      ' Squeeze-excite 96 → 4 → 96',
      '  Conv 1×1, 4 · bias · ReLU',
      '  Conv 1×1, 96 · bias · sigmoid',
      ' Conv 1×1, 16 · BN',
    ])
  })

  it('may come without expansion', () => {
    const { build, image } = start()
    const filtered = depthwiseLayer(build, 'depthwise', image, 16, 2)
    const end = layer(build, 'project', filtered, [1, 1, 16, 8], { linear: true })
    expect(outline(patternsOf(build.graph(after(build, end))))[0]).toBe('Inverted residual 3×3, 16 → 8, stride 2')
  })

  it('may have one convolution for expansion and depthwise, if it is added to what came in', () => {
    const { build, image } = start()
    const wide = layer(build, 'wide', image, [3, 3, 16, 64])
    const narrow = layer(build, 'narrow', wide, [1, 1, 64, 16], { linear: true })
    const end = build.node('AddV2', 'add', [narrow, image])
    expect(outline(patternsOf(build.graph(after(build, end))))[0]).toBe(
      'Fused inverted residual 3×3, 16 → 64 → 16 · skip',
    )
    const { build: bare, image: picture } = start()
    const last = layer(bare, 'narrow', layer(bare, 'wide', picture, [3, 3, 16, 64]), [1, 1, 64, 16], { linear: true })
    expect(patternsOf(bare.graph(after(bare, last)))).toHaveLength(2)
  })

  it('ends before an addition that is also an output, or takes something else', () => {
    const { build, image } = start()
    const projected = inverted(build, 'block', image, { skip: false })
    const graph = build.graph(projected, build.node('AddV2', 'add', [projected, image]))
    expect(patternsOf(graph)).toMatchObject([{ output: 'block/project/norm:0' }])
  })

  it('is none where the expanded tensor is taken elsewhere', () => {
    const { build, image } = start()
    const end = inverted(build, 'block', image)
    const graph = build.graph(after(build, end), 'block/expand/relu')
    expect(patternsOf(graph).map(({ kind }) => kind)).not.toContain('inverted-residual:skip')
    expect(patternsOf(graph)[0]).toMatchObject({ title: 'Conv 1×1, 96 · BN · ReLU6', output: 'block/expand/relu:0' })
  })
})

describe('squeeze-and-excitation', () => {
  it('may use dense layers and hard-sigmoid, with reshapes between', () => {
    const { build, image } = start()
    const pooled = globalPool(build, 'pool', image)
    const squeezed = build.node('Relu', 'relu', [bias(build, 'bias1', dense(build, 'fc1', pooled, 16, 8), 8)])
    const excited = bias(build, 'bias2', dense(build, 'fc2', squeezed, 8, 16), 16)
    const gate = build.node('Mul', 'sixth', [
      build.node('Relu6', 'relu6', [build.node('AddV2', 'three', [excited, build.constant('3', [])])]),
      build.constant('1/6', []),
    ])
    const wide = build.node('Reshape', 'wide', [gate, build.constant('shape', [4], [-1, 1, 1, 16])])
    const graph = build.graph(after(build, build.node('Mul', 'mul', [image, wide])))
    expect(outline(patternsOf(graph))).toEqual([
      'Squeeze-excite 16 → 8 → 16',
      ' Dense 16 → 8 · bias · ReLU',
      ' Dense 8 → 16 · bias · hard-sigmoid',
    ])
  })

  it('must weight what it has pooled', () => {
    const { build, image } = start()
    const other = build.node('MaxPool', 'other', [image])
    const gate = build.node('Sigmoid', 'gate', [
      mix(
        build,
        'expand',
        build.node('Relu', 'relu', [mix(build, 'reduce', globalPool(build, 'pool', image), 16, 4)]),
        4,
        16,
      ),
    ])
    const graph = build.graph(after(build, build.node('Mul', 'mul', [other, gate])))
    expect(patternsOf(graph).map(({ kind }) => kind)).toEqual(['convolution', 'convolution'])
  })
})

describe('residual block', () => {
  it('adds two convolutions to their input, and takes in the activation after', () => {
    const { build, image } = start()
    const second = layer(build, 'b', layer(build, 'a', image, [3, 3, 16, 16]), [3, 3, 16, 16], { linear: true })
    const end = build.node('Relu', 'relu', [build.node('AddV2', 'add', [image, second])])
    expect(outline(patternsOf(build.graph(after(build, end))))).toEqual([
      'Residual 3×3 → 3×3, 16 · ReLU',
      ' Conv 3×3, 16 · BN · ReLU6',
      ' Conv 3×3, 16 · BN',
    ])
  })

  it('may bring its input into shape by a 1×1 convolution, or by pooling and padding', () => {
    const { build, image } = start()
    const a = layer(build, 'a', image, [1, 1, 16, 8], { stride: 2 })
    const c = layer(build, 'c', layer(build, 'b', a, [3, 3, 8, 8]), [1, 1, 8, 32], { linear: true })
    const short = layer(build, 'short', image, [1, 1, 16, 32], { linear: true, stride: 2 })
    const first = build.node('AddV2', 'add', [short, c])
    const mixed = conv(build, 'mix', depthwise(build, 'filter', first, [3, 3, 32, 1], { stride: 2 }), [1, 1, 32, 64])
    const pooled = build.node('MaxPool', 'pool', [first])
    const padded = build.node('Pad', 'pad', [pooled, build.constant('paddings', [4, 2])])
    const end = build.node('Prelu', 'prelu', [
      build.node('AddV2', 'sum', [padded, mixed]),
      build.constant('alpha', [64]),
    ])
    expect(patternsOf(build.graph(after(build, end))).map(({ title }) => title)).toEqual([
      'Residual 1×1 → 3×3 → 1×1, 32, stride 2',
      'Residual separable 3×3, 64, stride 2 · PReLU',
    ])
  })

  it('may start with batch norm and activation', () => {
    const { build, image } = start()
    const first = build.node('Relu', 'relu', [fusedNorm(build, 'norm', image, 16)])
    const made = conv(build, 'b', layer(build, 'a', first, [3, 3, 16, 16]), [3, 3, 16, 16])
    const graph = build.graph(after(build, build.node('AddV2', 'add', [image, made])))
    expect(outline(patternsOf(graph))).toEqual([
      'Residual 3×3 → 3×3, 16',
      ' Batch norm · ReLU',
      ' Conv 3×3, 16 · BN · ReLU6',
      ' Conv 3×3, 16',
    ])
  })

  it('is none where something between is taken elsewhere', () => {
    const { build, image } = start()
    const first = layer(build, 'a', image, [3, 3, 16, 16])
    const second = layer(build, 'b', first, [3, 3, 16, 16], { linear: true })
    const graph = build.graph(build.node('AddV2', 'add', [image, second]), build.node('MaxPool', 'elsewhere', [first]))
    expect(patternsOf(graph).map(({ kind }) => kind)).toEqual(['convolution', 'convolution'])
  })

  it('is none of two branches that join', () => {
    const { build, image } = start()
    const branches = ['a', 'b'].map((name) => layer(build, name, image, [3, 3, 16, 16], { linear: true }))
    expect(patternsOf(build.graph(build.node('AddV2', 'add', branches))).map(({ kind }) => kind)).toEqual([
      'convolution',
      'convolution',
    ])
  })

  it('is not put into another one, however many follow each other', () => {
    const { build, image } = start()
    let last = image
    for (let i = 0; i < 5; i++)
      last = build.node('AddV2', `add${i}`, [layer(build, `l${i}`, last, [3, 3, 16, 16]), last])
    expect(patternsOf(build.graph(after(build, last))).map(({ kind }) => kind)).toEqual(Array(5).fill('residual'))
  })
})

describe('classifier', () => {
  it('is pooling, a dense layer and softmax at the end', () => {
    const { build, image } = start()
    const logits = bias(build, 'bias', dense(build, 'fc', globalPool(build, 'pool', image), 16, 10), 10)
    expect(outline(patternsOf(build.graph(build.node('Softmax', 'softmax', [logits]))))).toEqual([
      'Classifier 16 → 10 · softmax',
      ' Dense 16 → 10 · bias',
    ])
  })

  it('may have a 1×1 convolution for its dense layer, and reshapes and dropout between', () => {
    const { build, image } = start()
    const dropped = build.node('Identity', 'dropout', [build.node('AvgPool', 'pool', [image])])
    const flat = build.node('Squeeze', 'squeeze', [mix(build, 'logits', dropped, 16, 5)])
    const graph = build.graph(build.node('Softmax', 'softmax', [flat]))
    expect(patternsOf(graph)).toMatchObject([
      {
        kind: 'classifier',
        title: 'Classifier 16 → 5 · softmax',
        nodes: ['pool', 'dropout', 'logits', 'logits/BiasAdd', 'squeeze', 'softmax'],
      },
    ])
  })

  it('ends at the logits where those are an output, too', () => {
    const { build, image } = start()
    const logits = dense(build, 'fc', globalPool(build, 'pool', image), 16, 10)
    const graph = build.graph(logits, build.node('Softmax', 'softmax', [logits]))
    expect(patternsOf(graph)).toMatchObject([{ title: 'Classifier 16 → 10', output: 'fc:0' }])
  })

  it('is none in the middle of a network', () => {
    const { build, image } = start()
    const logits = dense(build, 'fc', globalPool(build, 'pool', image), 16, 10)
    expect(patternsOf(build.graph(after(build, logits))).map(({ kind }) => kind)).toEqual(['dense'])
  })
})
