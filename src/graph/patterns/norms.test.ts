import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../testing/build'
import { patternsOf } from './testing/find'
import { fusedNorm, spelledNorm } from './testing/parts'

interface Moments {
  readonly x: string
  readonly mean: string
  /** 1 / √(variance + ε) */
  readonly inverse: string
}

function start(): { build: GraphBuilder; x: string } {
  const build = new GraphBuilder()
  return { build, x: build.node('MaxPool', 'x', [build.input('image', [null, 8, 8, 16])]) }
}

/** As tf.nn.moments works them out. */
function moments(build: GraphBuilder, x: string, axes: readonly number[]): Moments {
  const over = build.constant('axes', [axes.length], axes)
  const mean = build.node('Mean', 'mean', [x, over])
  const stop = build.node('StopGradient', 'stop', [mean])
  const variance = build.node('Mean', 'variance', [build.node('SquaredDifference', 'squares', [x, stop]), over])
  const sum = build.node('AddV2', 'sum', [variance, build.constant('epsilon', [])])
  return { x, mean, inverse: build.node('Rsqrt', 'root', [sum]) }
}

/** x · s + (β - mean · s), as tf.nn.batch_normalization writes it. */
function normalised(build: GraphBuilder, { x, mean, inverse }: Moments): string {
  const scale = build.node('Mul', 'scale', [inverse, build.constant('gamma', [16])])
  const offset = build.node('Sub', 'offset', [build.constant('beta', [16]), build.node('Mul', 'shift', [mean, scale])])
  return build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [x, scale]), offset])
}

describe('a norm of what the data itself holds', () => {
  it.each([
    [[-1], 'Layer norm'],
    [[1, 2], 'Instance norm'],
    [[0, 1, 2], 'Batch norm'],
  ])('over axes %j', (axes, title) => {
    const { build, x } = start()
    const end = normalised(build, moments(build, x, axes))
    const [pattern, ...more] = patternsOf(build.graph(build.node('AddV2', 'skip', [end, x])))
    expect(more).toEqual([])
    expect(pattern).toMatchObject({ kind: 'normalisation', title, output: 'norm:0' })
    expect(pattern.nodes).toHaveLength(11)
  })

  it('is found in the form (x - mean) / √(variance + ε) · γ + β, too', () => {
    const { build, x } = start()
    const axes = build.constant('axes', [1], [2])
    const centred = build.node('Sub', 'centred', [x, build.node('Mean', 'mean', [x, axes])])
    const variance = build.node('Mean', 'variance', [build.node('Square', 'square', [centred]), axes])
    const root = build.node('Sqrt', 'root', [build.node('Add', 'sum', [variance, build.constant('epsilon', [])])])
    const ratio = build.node('RealDiv', 'ratio', [centred, root])
    const scaled = build.node('Mul', 'scaled', [ratio, build.constant('gamma', [16])])
    const graph = build.graph(build.node('AddV2', 'end', [scaled, build.constant('beta', [16])]))
    expect(patternsOf(graph)).toMatchObject([{ title: 'Layer norm', output: 'end:0' }])
  })

  it('may leave out the mean', () => {
    const { build, x } = start()
    const mean = build.node('Mean', 'mean', [build.node('Square', 'square', [x]), build.constant('axes', [1], [-1])])
    const root = build.node('Rsqrt', 'root', [build.node('AddV2', 'sum', [mean, build.constant('epsilon', [])])])
    const graph = build.graph(
      build.node('Mul', 'end', [build.node('Mul', 'scaled', [x, root]), build.constant('gamma', [16])]),
    )
    expect(patternsOf(graph)).toMatchObject([{ title: 'RMS norm', output: 'end:0' }])
  })

  it('is none where its mean is taken elsewhere', () => {
    const { build, x } = start()
    const made = moments(build, x, [-1])
    expect(patternsOf(build.graph(normalised(build, made), made.mean))).toEqual([])
  })
})

describe('a batch norm after no convolution', () => {
  it('is one with its activation, fused or spelled out', () => {
    const { build, x } = start()
    const first = build.node('Relu', 'relu', [fusedNorm(build, 'fused', x, 16)])
    const second = build.node('Relu', 'relu2', [spelledNorm(build, 'spelled', build.node('MaxPool', 'p', [first]), 16)])
    expect(patternsOf(build.graph(second)).map(({ title, nodes }) => [title, nodes.length])).toEqual([
      ['Batch norm · ReLU', 2],
      ['Batch norm · ReLU', 8],
    ])
  })

  it('is no pattern as one op by itself', () => {
    const { build, x } = start()
    expect(patternsOf(build.graph(fusedNorm(build, 'fused', x, 16)))).toEqual([])
  })
})
