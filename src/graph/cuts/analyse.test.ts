import { describe, expect, it } from 'vitest'
import { analyseCuts } from './analyse'
import { inferShapes } from '../shapes'
import { growth, linear } from '../testing/counted'
import { boolOf, dtypeOf, GraphBuilder, intOf, intsOf } from '../testing/build'
import { classifier, conv, dense, pool } from '../testing/networks'
import { randomGraph } from '../testing/random-graph'
import type { Graph, GraphNode } from '../types'
import { anything, analyse, recommendedIn, why } from './testing/analyse'

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
  const cutsOf = (graph: Graph) =>
    analyseCuts(graph, inferShapes(graph), {
      image: 'image:0',
      output: `${graph.nodes.at(-1)?.name ?? ''}:0`,
      supported: anything,
    })

  it('goes through 100,000 nodes', () => {
    expect(cutsOf(residual(50_000)).suggested).toBe('n49999:0')
  })

  it('takes steps that grow with the size only', () => {
    expect(growth(residual, cutsOf, 5_000)).toBeLessThan(linear)
  })
})
