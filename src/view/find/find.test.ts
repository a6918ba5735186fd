import { describe, expect, test } from 'vitest'
import { boolOf, GraphBuilder, intsOf, stringOf, stringsOf } from '../../graph/testing/build'
import { classifier } from '../../graph/testing/networks'
import type { Graph } from '../../graph/types'
import { find, prepareFind } from './find'
import { factsOf } from '../testing/models'
import { viewed } from '../testing/viewed'
import type { ViewedModel } from '../viewed-model'

const names = (model: ViewedModel, query: string, limit = 50): string[] =>
  find(model, query, limit).results.map(({ name }) => name)

function network(): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 14, 14, 3])
  const first = build.node(
    '_FusedConv2D',
    'Net/Block_1/Conv',
    [image, build.constant('Net/Block_1/Conv/weights', [3, 3, 3, 8]), build.constant('Net/Block_1/Conv/bias', [8])],
    {
      strides: intsOf(1, 2, 2, 1),
      padding: stringOf('SAME'),
      data_format: stringOf('NHWC'),
      fused_ops: stringsOf('BiasAdd', 'Relu6'),
      num_args: { kind: 'int', value: 1 },
    },
  )
  const second = build.node('Softplus', 'Net/Block_1/act', [first])
  const third = build.node('Neg', 'Net/Block_2/conv_neg', [second])
  const fourth = build.node('Exp', 'Net/Block_2/exp', [third])
  const axes = build.constant('Net/axes', [2], [1, 2])
  return build.graph(build.node('Mean', 'Net/pool', [fourth, axes], { keep_dims: boolOf(false) }))
}

const graph = network()
const model = viewed(graph, factsOf(graph))

describe('find', () => {
  test('looks for every word in name, op, shape and attributes, whatever the case', () => {
    expect(names(model, 'block_1 CONV')).toContain('Net/Block_1/Conv')
    expect(names(model, 'block_2 softplus')).toEqual([])
    expect(names(model, 'softplus')).toEqual(['Net/Block_1/act'])
    expect(names(model, 'mean')).toEqual(['Net/pool'])
    expect(names(model, 'strides:2')).toEqual(['Net/Block_1/Conv'])
    expect(names(model, 'stride conv')).toEqual(['Net/Block_1/Conv'])
    expect(names(model, 'padding SAME')).toEqual(['Net/Block_1/Conv'])
    expect(names(model, 'fused_ops relu6')).toEqual(['Net/Block_1/Conv'])
    expect(names(model, 'strides:3')).toEqual([])
  })

  test('finds shapes written with x, from the start of a number', () => {
    expect(names(model, '7x7')).toEqual(
      expect.arrayContaining(['Net/Block_1/Conv', 'Net/Block_1/act', 'Net/Block_2/exp']),
    )
    expect(names(model, '7x7')).not.toContain('image')
    expect(names(model, '14×14')).toEqual(['image'])
    expect(names(model, '4x14')).toEqual([])
    expect(names(model, '3x3x3x8')).toEqual(expect.arrayContaining(['Net/Block_1/Conv/weights', 'Net/Block_1/Conv']))
    expect(names(viewed(graph), '14x14'), 'shapes are not known without facts').toEqual([])
  })

  test('puts the exact name first, then names that end with it, and constants last', () => {
    expect(names(model, 'net/pool')[0]).toBe('Net/pool')
    expect(names(model, 'conv')[0]).toBe('Net/Block_1/Conv')
    expect(names(model, 'exp')[0]).toBe('Net/Block_2/exp')
    const found = names(model, 'net/block_1/conv')
    expect(found[0]).toBe('Net/Block_1/Conv')
    expect(found.slice(-2)).toEqual(['Net/Block_1/Conv/weights', 'Net/Block_1/Conv/bias'])
  })

  test('puts recommended cuts before what can only be cut, and those before the rest', () => {
    const small = classifier()
    const model = viewed(small, factsOf(small))
    // All float32 shapes with 8×8 in them; `branch` lies beside the skip connection.
    const found = find(model, '8x8', 50).results.filter(({ selection }) => selection.kind === 'node')
    const kinds = found.map(({ tensor }) => (tensor?.recommended ? 0 : tensor?.canCut ? 1 : 2))
    expect(kinds).toEqual(kinds.toSorted((a, b) => a - b))
    expect(found.find(({ name }) => name === 'stem')?.tensor).toEqual({
      name: 'stem:0',
      canCut: true,
      recommended: true,
    })
    expect(found.find(({ name }) => name === 'branch')?.tensor).toMatchObject({ canCut: true, recommended: false })
  })

  test('says what it found', () => {
    const [found] = find(model, 'softplus', 1).results
    expect(found).toMatchObject({ selection: { kind: 'node', name: 'Net/Block_1/act' }, detail: 'Softplus · 7×7×8' })
    const [weights] = find(model, 'conv/weights', 1).results
    expect(weights.detail).toBe('Constant · 3×3×3×8')
  })

  test('counts all and gives the first', () => {
    const { total, results } = find(model, 'net', 2)
    expect(results).toHaveLength(2)
    expect(total).toBeGreaterThan(6)
  })

  test('finds groups by what they are called, not by the groups around them', () => {
    const groups = find(model, 'block_2', 50).results.filter(({ selection }) => selection.kind === 'scope')
    expect(groups.map(({ selection }) => selection.name)).toEqual(['Net/Block_2'])
    expect(find(model, 'net/block_2', 1).results[0].selection).toEqual({ kind: 'scope', name: 'Net/Block_2' })
  })

  test('finds further outputs as tensors, and a first one by the name of its tensor', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 4])
    build.node('Split', 'net/split', [build.constant('axis', [], [1]), image])
    const sum = build.node('AddV2', 'net/sum', ['net/split:0', 'net/split:1'])
    const model = viewed(build.graph(sum))
    expect(find(model, 'net/split:1', 5).results[0].selection).toEqual({ kind: 'tensor', name: 'net/split:1' })
    expect(find(model, 'net/split:0', 5).results[0].selection).toEqual({ kind: 'tensor', name: 'net/split:0' })
  })

  test('with nothing asked, suggests recommended cuts, inputs, outputs and the outermost groups', () => {
    const { results, total } = find(model, '  ', 50)
    expect(total).toBe(results.length)
    const found = results.map(({ name }) => name)
    expect(found).toEqual(expect.arrayContaining(['Net/Block_1/Conv:0', 'image:0', 'Net/pool:0', 'Net']))
    expect(new Set(found).size).toBe(found.length)
    expect(results[0].tensor?.recommended).toBe(true)
    expect(find(model, '', 2).results).toHaveLength(2)
  })

  test('suggests the cut to begin with, then recommended ones from the end on, outputs and inputs', () => {
    const facts = { ...factsOf(graph), suggested: 'Net/Block_1/act:0' }
    const recommended = [...facts.verdicts].flatMap(([tensor, { recommended }]) => (recommended ? [tensor] : []))
    expect(recommended.length).toBeGreaterThan(2)
    const found = names(viewed(graph, facts), '')
    expect(found.slice(0, recommended.length)).toEqual([
      'Net/Block_1/act:0',
      ...recommended.reverse().filter((tensor) => tensor !== 'Net/Block_1/act:0'),
    ])
    expect(found.indexOf('Net/pool:0')).toBeLessThan(found.indexOf('image:0'))
  })

  test('finds the same whether prepared or not', () => {
    const prepared = viewed(graph, factsOf(graph))
    for (const step of prepareFind(prepared)) expect(step).toBeUndefined()
    expect(find(prepared, 'conv', 50)).toEqual(find(model, 'conv', 50))
  })
})
