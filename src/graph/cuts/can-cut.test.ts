import { describe, it, expect } from 'vitest'
import { GraphBuilder, intsOf, dtypeOf } from '../testing/build'
import { analyse, why, recommendedIn, anything } from './testing/analyse'
import { conv, classifier } from '../testing/networks'
import type { GraphNode } from '../types'
import { inferShapes } from '../shapes'
import { analyseCuts } from './analyse'

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
