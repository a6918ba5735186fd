import { describe, expect, it } from 'vitest'
import { analyseCuts, type CutAnalysis } from './analyse'
import { inferShapes } from '../shapes'
import { growth, linear } from '../testing/counted'
import { boolOf, dtypeOf, GraphBuilder, intOf, intsOf } from '../testing/build'
import { classifier, conv, dense, pool } from '../testing/networks'
import { randomGraph } from '../testing/random-graph'
import type { Graph, GraphNode } from '../types'

const anything = (): null => null

function analyse(graph: Graph, supported: (node: GraphNode) => string | null = anything): CutAnalysis {
  const output = graph.outputs.at(0)?.tensor ?? null
  return analyseCuts(graph, inferShapes(graph), { image: 'image:0', output, supported })
}

const recommendedIn = ({ verdicts }: CutAnalysis): string[] =>
  [...verdicts].flatMap(([tensor, { recommended }]) => (recommended ? [tensor] : []))

const why = (analysis: CutAnalysis, tensor: string): string => analysis.verdicts.get(tensor)?.why ?? ''

describe('recommended cuts', () => {
  it('are what every path goes through; a skip connection goes round what it skips', () => {
    const analysis = analyse(classifier())
    expect(recommendedIn(analysis)).toEqual([
      'conv:0',
      'stem:0',
      'sum:0',
      'pool:0',
      'logits:0',
      'biased:0',
      'probabilities:0',
    ])
    expect(analysis.verdicts.get('branch:0')).toEqual({ canCut: true, recommended: false })
  })

  it('do not count paths that carry only a shape', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const shape = build.node('Shape', 'shape', [image], { out_type: dtypeOf('int32') })
    const features = pool(build, 'pool', conv(build, 'conv', image, [3, 4]))
    const batch = build.node(
      'StridedSlice',
      'batch',
      [shape, build.constant('begin', [1], [0]), build.constant('end', [1], [1]), build.constant('step', [1], [1])],
      { shrink_axis_mask: intOf(1) },
    )
    const target = build.node('Pack', 'target', [batch, build.constant('four', [], [4])], { axis: intOf(0) })
    const graph = build.graph(build.node('Reshape', 'rows', [features, target]))
    const analysis = analyse(graph)
    expect(recommendedIn(analysis)).toEqual(['conv:0', 'pool:0', 'rows:0'])
    expect(why(analysis, 'shape:0')).toContain('only on the size of the picture')
    expect(why(analysis, 'target:0')).toContain('only on the size of the picture')
  })

  it('are few with two towers, and dead ends can be cut but are not among them', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const left = pool(build, 'left/pool', conv(build, 'left/conv', image, [3, 4]))
    const right = pool(build, 'right/pool', conv(build, 'right/conv', image, [3, 4]))
    const both = build.node('ConcatV2', 'both', [left, right, build.constant('axis', [], [1])])
    build.node('Relu', 'dead', [left])
    const graph = build.graph(dense(build, 'logits', both, [8, 2]))
    const analysis = analyse(graph)
    expect(recommendedIn(analysis)).toEqual(['both:0', 'logits:0'])
    expect(analysis.verdicts.get('dead:0')).toEqual({ canCut: true, recommended: false })
    expect(analysis.suggested).toBe('both:0')
  })

  it('look at the chosen output only', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const stem = conv(build, 'stem', image, [3, 4])
    const first = pool(build, 'first', stem)
    const second = conv(build, 'second', stem, [4, 2])
    const graph = build.graph(first, second)
    const question = { image: 'image:0', supported: anything }
    const forSecond = analyseCuts(graph, inferShapes(graph), { ...question, output: second })
    expect(recommendedIn(forSecond)).toEqual(['stem:0', 'second:0'])
    expect(forSecond.suggested).toBe('stem:0')
  })

  it('count tensors: no output of a split is gone through by all', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 4])
    const stem = conv(build, 'stem', image, [4, 4])
    const halves = build.constant('halves', [], [3])
    build.node('Split', 'split', [halves, stem], { num_split: intOf(2) })
    const joined = build.node('ConcatV2', 'joined', ['split:1', 'split:0', build.constant('axis', [], [3])])
    const analysis = analyse(build.graph(joined))
    expect(recommendedIn(analysis)).toEqual(['stem:0', 'joined:0'])
    expect(analysis.verdicts.get('split:1')).toEqual({ canCut: true, recommended: false })
  })

  it('are those whose absence cuts the output off, on random graphs', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { graph, infos, tensors, output } = randomGraph(seed)
      const analysis = analyseCuts(graph, infos, { image: 'image:0', output, supported: anything })
      const connected = connects(graph, output, '')
      for (const tensor of tensors.slice(1)) {
        const expected = connected && !connects(graph, output, tensor)
        expect(analysis.verdicts.get(tensor)?.recommended, `${tensor} in graph ${seed}`).toBe(expected)
      }
    }
  })
})

/** Whether picture data reaches the output with one tensor taken away. */
function connects(graph: Graph, output: string, removed: string): boolean {
  const reached = new Set(['image:0'])
  for (const node of graph.nodes) {
    if (node.op === 'ZerosLike' || !node.inputs.some((tensor) => reached.has(tensor))) continue
    for (const tensor of [`${node.name}:0`, `${node.name}:1`]) if (tensor !== removed) reached.add(tensor)
  }
  return reached.has(output)
}

describe('what can be cut', () => {
  it('is neither the picture, nor another input, nor a constant', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const rate = build.input('rate', [])
    const scaled = build.node('Mul', 'scaled', [image, rate])
    build.node('Neg', 'less', [rate])
    const analysis = analyse(build.graph(conv(build, 'conv', scaled, [3, 4])))
    expect(why(analysis, 'image:0')).toContain('nothing of it would be kept')
    expect(why(analysis, 'rate:0')).toContain('another input')
    expect(why(analysis, 'conv/kernel:0')).toContain('a constant, the same for every picture')
    expect(why(analysis, 'less:0')).toContain('does not depend on the picture')
    expect(analysis.verdicts.get('scaled:0')?.canCut).toBe(true)
  })

  it('is no mean or variance that a batch norm in use hands on, but may be what one in training measures', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const statistics = ['scale', 'offset', 'mean', 'variance'].map((name) => build.constant(name, [3]))
    const norm = (name: string, training: boolean) =>
      build.node('FusedBatchNormV3', name, [image, ...statistics], { is_training: { kind: 'bool', value: training } })
    norm('training', true)
    const analysis = analyse(build.graph(norm('used', false)))
    expect(analysis.verdicts.get('used:0')?.canCut).toBe(true)
    for (const output of [1, 2, 3, 4, 5]) {
      expect(why(analysis, `used:${output}`)).toContain('the same for every picture')
      expect(why(analysis, `training:${output}`)).toContain('one list of numbers')
    }
  })

  it('has one row for each picture and rank 2 to 4', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const axes = (name: string, ...values: number[]) => build.constant(name, [values.length], values)
    build.node('Mean', 'scalar', [image, axes('a0', 0, 1, 2, 3)])
    build.node('Mean', 'perPicture', [image, axes('a1', 1, 2, 3)])
    build.node('Mean', 'overPictures', [image, axes('a2', 0)])
    build.node('Reshape', 'pixels', [image, axes('s1', -1, 3)])
    build.node('Reshape', 'rows', [image, axes('s2', -1, 192)])
    build.node('Reshape', 'sequence', [image, axes('s3', -1, 64, 3)])
    build.node('ExpandDims', 'five', [image, build.constant('d4', [], [4])])
    build.node('Transpose', 'turned', [image, axes('perm', 1, 0, 2, 3)])
    const analysis = analyse(build.graph('rows'))
    expect(why(analysis, 'scalar:0')).toContain('a single number')
    expect(why(analysis, 'perPicture:0')).toContain('one list of numbers')
    expect(why(analysis, 'overPictures:0')).toContain('does not count the pictures')
    expect(why(analysis, 'pixels:0')).toContain('spread over several rows')
    expect(why(analysis, 'five:0')).toContain('5 dimensions')
    expect(why(analysis, 'turned:0')).toContain('counted by its dimension 1')
    expect(analysis.verdicts.get('rows:0')?.canCut).toBe(true)
    expect(analysis.verdicts.get('sequence:0')?.canCut).toBe(true)
  })

  it('is followed through a baked-in batch of one', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1, 8, 8, 3])
    const squeezed = build.node('Squeeze', 'squeezed', [image], { squeeze_dims: intsOf(0) })
    const back = build.node('ExpandDims', 'back', [squeezed, build.constant('zero', [], [0])])
    build.node('Reshape', 'points', [back, build.constant('target', [3], [1, 64, 3])])
    build.node('Reshape', 'vector', [back, build.constant('flat', [1], [-1])])
    const analysis = analyse(build.graph('points'))
    expect(why(analysis, 'squeezed:0')).toContain('does not count the pictures')
    expect(why(analysis, 'vector:0')).toContain('one list of numbers')
    expect(recommendedIn(analysis)).toEqual(['back:0', 'points:0'])
  })

  it('holds numbers', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    build.node('Cast', 'text', [image], { DstT: dtypeOf('string') })
    build.node('Cast', 'waves', [image], { DstT: dtypeOf('complex64') })
    build.node('Cast', 'whole', [image], { DstT: dtypeOf('int32') })
    build.node('Cast', 'flags', [image], { DstT: dtypeOf('bool') })
    const analysis = analyse(build.graph('whole'))
    expect(why(analysis, 'text:0')).toContain('holds text')
    expect(why(analysis, 'waves:0')).toContain('complex numbers')
    expect(analysis.verdicts.get('whole:0')?.canCut).toBe(true)
    expect(analysis.verdicts.get('flags:0')?.canCut).toBe(true)
  })

  it('needs only ops that can be run; the first that cannot is named', () => {
    const supported = ({ op }: GraphNode): string | null => (op === 'Relu6' ? 'no backend knows it' : null)
    const analysis = analyse(classifier(), supported)
    expect(analysis.verdicts.get('conv:0')?.canCut).toBe(true)
    expect(why(analysis, 'stem:0')).toBe('The operation Relu6 (“stem”) cannot be run here: no backend knows it.')
    expect(why(analysis, 'pool:0')).toContain('Relu6 (“stem”)')
    expect(why(analysis, 'pool:0')).toContain('does not depend on it')
    expect(recommendedIn(analysis)).toEqual(['conv:0'])
    expect(analysis.suggested).toBe('conv:0')
  })

  it('is not inside a loop or a branch', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const enter = build.node('Enter', 'enter', [image])
    const merge = build.node('Merge', 'loop', [enter, 'next'])
    const condition = build.node('LoopCond', 'more', [build.constant('always', [], [1], 'bool')])
    build.node('Switch', 'turn', [merge, condition])
    build.node('NextIteration', 'next', [build.node('Relu', 'body', ['turn:1'])])
    const after = build.node('Exit', 'after', ['turn:0'])
    build.node('Switch', 'either', [after, build.input('flag', [], 'bool')])
    const yes = build.node('Relu', 'yes', ['either:1'])
    const no = build.node('Neg', 'no', ['either:0'])
    const graph = build.graph(build.node('Merge', 'met', [yes, no]))
    const infos = new Map(
      [...inferShapes(graph)].map(([tensor, info]) => [tensor, { ...info, shape: [null, 8, 8, 3] }]),
    )
    const analysis = analyseCuts(graph, infos, { image: 'image:0', output: 'met:0', supported: anything })
    expect(why(analysis, 'body:0')).toContain('inside a loop')
    expect(why(analysis, 'yes:0')).toContain('one of two branches')
    expect(analysis.verdicts.get('after:0')).toEqual({ canCut: true, recommended: true })
    expect(analysis.verdicts.get('met:0')).toEqual({ canCut: true, recommended: true })
  })

  it('is nothing where no input takes pictures', () => {
    const graph = classifier()
    const analysis = analyseCuts(graph, inferShapes(graph), {
      image: null,
      output: 'probabilities:0',
      supported: anything,
    })
    expect(why(analysis, 'pool:0')).toContain('No input of this network takes pictures')
    expect(analysis.suggested).toBeNull()
  })
})

describe('the suggested cut', () => {
  it('is the pooled features before a dense classifier', () => {
    expect(analyse(classifier()).suggested).toBe('pool:0')
    expect(analyse(classifier(1)).suggested).toBe('pool:0')
  })

  it('steps back over a dropout that does nothing, and over reshaping of pooled values', () => {
    const build = new GraphBuilder()
    const stem = conv(build, 'stem', build.input('image', [null, 8, 8, 3]), [3, 4])
    const pooled = build.node('Mean', 'pooled', [stem, build.constant('axes', [2], [1, 2])], {
      keep_dims: boolOf(true),
    })
    const dropped = build.node('Identity', 'dropped', [pooled])
    const squeezed = build.node('Squeeze', 'squeezed', [dropped], { squeeze_dims: intsOf(1, 2) })
    const analysis = analyse(build.graph(dense(build, 'logits', squeezed, [4, 5])))
    expect(analysis.verdicts.get('squeezed:0')?.recommended).toBe(true)
    expect(analysis.suggested).toBe('pooled:0')
  })

  it('keeps a flattening, which a pooling would not equal', () => {
    const build = new GraphBuilder()
    const stem = conv(build, 'stem', build.input('image', [null, 8, 8, 3]), [3, 4])
    const flat = build.node('Reshape', 'flat', [stem, build.constant('target', [2], [-1, 256])])
    expect(analyse(build.graph(dense(build, 'logits', flat, [256, 5]))).suggested).toBe('flat:0')
  })

  it('takes a classifier that is a 1×1 convolution for one', () => {
    const build = new GraphBuilder()
    const stem = conv(build, 'stem', build.input('image', [null, 8, 8, 3]), [3, 4])
    const pooled = build.node('AvgPool', 'pooled', [stem], {
      ksize: intsOf(1, 8, 8, 1),
      strides: intsOf(1, 8, 8, 1),
      padding: { kind: 'string', value: 'VALID' },
    })
    const logits = conv(build, 'logits', pooled, [4, 5])
    const squeezed = build.node('Squeeze', 'squeezed', [logits], { squeeze_dims: intsOf(1, 2) })
    expect(analyse(build.graph(build.node('Softmax', 'softmax', [squeezed]))).suggested).toBe('pooled:0')
  })

  it('comes before a convolution whose maps are pooled to probabilities, but is the pooling where none follow', () => {
    const build = new GraphBuilder()
    const stem = conv(build, 'stem', build.input('image', [null, 8, 8, 3]), [3, 4])
    const pooled = pool(build, 'pooled', conv(build, 'maps', stem, [4, 5]))
    expect(analyse(build.graph(build.node('Softmax', 'softmax', [pooled]))).suggested).toBe('stem:0')
    expect(analyse(build.graph(pooled)).suggested).toBe('pooled:0')
  })

  it('comes before all heads of a detector', () => {
    const build = new GraphBuilder()
    const neck = build.node('Relu', 'neck', [conv(build, 'stem', build.input('image', [null, 8, 8, 3]), [3, 4])])
    const deep = conv(build, 'deep', conv(build, 'deeper', neck, [4, 4]), [4, 2])
    const shallow = build.node('Sigmoid', 'shallow', [conv(build, 'heat', neck, [4, 2])])
    const joined = build.node('Mul', 'joined', [deep, shallow])
    expect(analyse(build.graph(joined)).suggested).toBe('neck:0')
  })

  it('is the last tensor that can be cut where nothing is recommended', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const a = conv(build, 'a', image, [3, 4])
    const b = conv(build, 'b', image, [3, 4])
    const sum = build.node('Sum', 'sum', [build.node('Add', 'both', [a, b]), build.constant('axes', [4], [0, 1, 2, 3])])
    const supported = ({ name }: GraphNode): string | null => (name === 'both' ? 'not today' : null)
    expect(analyse(build.graph(sum), supported).suggested).toBe('b:0')
  })
})

describe('analyseCuts', () => {
  const residual = (blocks: number): Graph => {
    const build = new GraphBuilder()
    conv(build, 'n0', build.input('image', [null, 8, 8, 3]), [3, 4])
    for (let i = 1; i < blocks; i++) {
      build.node('Relu', `b${i}`, [`n${i - 1}`])
      build.node('AddV2', `n${i}`, [`b${i}`, `n${i - 1}`])
    }
    return build.graph(`n${blocks - 1}`)
  }
  const judge = (graph: Graph) =>
    analyseCuts(graph, inferShapes(graph), {
      image: 'image:0',
      output: `${graph.nodes.at(-1)?.name ?? ''}:0`,
      supported: anything,
    })

  it('judges 100,000 nodes', () => {
    expect(judge(residual(50_000)).suggested).toBe('n49999:0')
  })

  it('takes steps that grow with the size only', () => {
    expect(growth(residual, judge, 5_000)).toBeLessThan(linear)
  })
})
