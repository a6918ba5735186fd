import { describe, expect, it } from 'vitest'
import { checkGraph } from '../check'
import { boolOf, GraphBuilder, intsOf, stringOf, stringsOf } from '../testing/build'
import { conv, dense, pool } from '../testing/networks'
import { tailIn } from './testing/loosened'
import type { Tail } from './types'

const ids = (tail: Tail | null): readonly string[] => tail?.trained.map(({ id }) => id) ?? []

function start(): { build: GraphBuilder; stem: string } {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8, 8, 3])
  return { build, stem: build.node('Relu', 'stem', [conv(build, 'first', image, [3, 4])]) }
}

describe('a tail', () => {
  it('begins with the maps at its freeze point, and holds what is behind them alone', async () => {
    const { build, stem } = start()
    const bias = build.constant('bias', [4])
    const sum = build.node('AddV2', 'sum', [
      build.node('BiasAdd', 'biased', [conv(build, 'second', stem, [4, 4]), bias]),
      stem,
    ])
    const logits = dense(build, 'logits', pool(build, 'pool', sum), [4, 5])
    const { tail, refusal } = await tailIn(build.graph(logits), stem, logits)
    expect(refusal).toBeNull()
    expect(tail?.graph.nodes.find(({ name }) => name === 'stem')?.op).toBe('Placeholder')
    expect(tail?.graph.inputs).toEqual([{ key: 'maps', tensor: stem, dtype: 'float32', shape: [null, 8, 8, 4] }])
    expect(tail?.graph.nodes.some(({ name }) => name === 'first')).toBe(false)
    if (tail) checkGraph(tail.graph)
    expect(ids(tail)).toEqual(['second/kernel', 'bias', 'logits/kernel'])
    expect(tail?.trained.map(({ isKernel }) => isKernel)).toEqual([true, false, true])
    expect(tail?.parameters).toBe(3 * 3 * 4 * 4 + 4 + 20)
    expect(tail?.untied).toEqual([])
  })

  it('is refused where something goes round its freeze point, which is named', async () => {
    const { build, stem } = start()
    const inner = conv(build, 'second', stem, [4, 4])
    const end = build.node('AddV2', 'sum', [conv(build, 'third', inner, [4, 4]), stem])
    expect(await tailIn(build.graph(end), inner, end)).toEqual({
      tail: null,
      refusal: { code: 'goes-round', tensor: stem },
    })
  })

  it('may take sizes from before its freeze point', async () => {
    const { build, stem } = start()
    const inner = conv(build, 'second', stem, [4, 4])
    const sizes = build.node('Shape', 'sizes', [stem])
    const batch = build.node('StridedSlice', 'batch', [
      sizes,
      build.constant('begin', [1], [0]),
      build.constant('end', [1], [1]),
      build.constant('step', [1], [1]),
    ])
    const wanted = build.node('ConcatV2', 'wanted', [
      batch,
      build.constant('rest', [1], [256]),
      build.constant('axis', [], [0]),
    ])
    const flat = build.node('Reshape', 'flat', [inner, wanted])
    const end = dense(build, 'logits', flat, [256, 2])
    const { tail } = await tailIn(build.graph(end), inner, end)
    expect(ids(tail)).toEqual(['logits/kernel'])
  })

  it('is refused at what does not come before its end, and where nothing learns', async () => {
    const { build, stem } = start()
    const aside = conv(build, 'aside', stem, [4, 4])
    const end = build.node('Relu', 'end', [stem])
    const graph = build.graph(end, aside)
    expect((await tailIn(graph, aside, end)).refusal).toEqual({ code: 'not-before' })
    expect((await tailIn(graph, stem, end)).refusal).toEqual({ code: 'nothing-trained' })
  })

  it('is refused where the maps have no known sizes', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, null, null, 3])
    const stem = conv(build, 'first', image, [3, 4])
    const end = conv(build, 'second', stem, [4, 4])
    expect((await tailIn(build.graph(end), stem, end)).refusal).toEqual({ code: 'no-maps' })
  })

  it.each([
    ['unknown', (build: GraphBuilder, x: string) => build.node('LRN', 'bad', [x])],
    [
      'batch-statistics',
      (build: GraphBuilder, x: string) => {
        const constants = ['scale', 'offset', 'mean', 'variance'].map((name) => build.constant(`bad/${name}`, [4]))
        return build.node('FusedBatchNormV3', 'bad', [x, ...constants], { is_training: boolOf(true) })
      },
    ],
    [
      'while-running',
      (build: GraphBuilder, x: string) => build.node('Transpose', 'bad', [x, build.node('Shape', 'order', [x])]),
    ],
    [
      'groups',
      (build: GraphBuilder, x: string) =>
        build.node('Conv2D', 'bad', [x, build.constant('bad/kernel', [1, 1, 3, 4])], {
          strides: intsOf(1, 1, 1, 1),
          padding: stringOf('SAME'),
        }),
    ],
  ])('is refused behind an operation that hands no slopes back: %s', async (why, add) => {
    const { build, stem } = start()
    const end = conv(build, 'last', add(build, stem), [4, 4])
    expect((await tailIn(build.graph(end), stem, end)).refusal).toMatchObject({ code: 'operation', node: 'bad', why })
  })

  it('names weights that the frozen part has, too', async () => {
    const { build, stem } = start()
    const kernel = build.constant('shared', [1, 1, 4, 4])
    const attributes = { strides: intsOf(1, 1, 1, 1), padding: stringOf('SAME') }
    const early = build.node('Conv2D', 'early', [stem, kernel], attributes)
    const late = build.node('Conv2D', 'late', [build.node('Relu', 'between', [early]), kernel], attributes)
    const { tail } = await tailIn(build.graph(late), early, late)
    expect(tail?.untied).toEqual(['shared'])
    expect(ids(tail)).toEqual(['shared'])
  })

  it('takes fused layers apart, so that kernels and biases learn by themselves', async () => {
    const { build, stem } = start()
    const kernel = build.constant('fused/kernel', [3, 3, 4, 4])
    const bias = build.constant('fused/bias', [1, 1, 1, 4])
    const fused = build.node('_FusedConv2D', 'fused', [stem, kernel, bias], {
      strides: intsOf(1, 1, 1, 1),
      padding: stringOf('SAME'),
      fused_ops: stringsOf('BiasAdd', 'Relu6'),
    })
    const { tail } = await tailIn(build.graph(fused), stem, fused)
    const made = tail?.graph.nodes.filter(({ op }) => op !== 'Const').map(({ op, name, inputs }) => [op, name, inputs])
    expect(made).toEqual([
      ['Placeholder', 'stem', []],
      ['Conv2D', 'fused/Conv2D', ['stem:0', 'fused/kernel:0']],
      ['BiasAdd', 'fused/BiasAdd', ['fused/Conv2D:0', 'fused/bias:0']],
      ['Relu6', 'fused', ['fused/BiasAdd:0']],
    ])
    expect(ids(tail)).toEqual(['fused/kernel', 'fused/bias'])
  })

  it('says of which weight of the file one is that was put under another shape', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 3, 8, 8])
    const attributes = { strides: intsOf(1, 1, 1, 1), padding: stringOf('SAME'), data_format: stringOf('NCHW') }
    const first = build.node('Conv2D', 'first', [image, build.constant('first/kernel', [1, 1, 3, 4])], attributes)
    const second = build.node('Conv2D', 'second', [first, build.constant('second/kernel', [1, 1, 4, 4])], attributes)
    const shifted = build.node('AddV2', 'shifted', [second, build.constant('offset', [1, 4, 1, 1])])
    const third = build.node('Conv2D', 'third', [shifted, build.constant('third/kernel', [1, 1, 4, 4])], attributes)
    const { tail } = await tailIn(build.graph(third), first, third)
    expect(tail?.trained.map((weight) => weight.of)).toEqual(['second/kernel', 'offset', 'third/kernel'])
    expect(tail?.trained[1].shape).toEqual([4])
  })
})
