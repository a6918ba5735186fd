import { describe, expect, test } from 'vitest'
import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import { GraphBuilder } from '../../graph/testing/build'
import type { Graph } from '../../graph/types'
import { draftScopes } from './draft'
import { fillGroups, itemsOfScopes, joinSingles, nameItems } from './fill'
import { placeBundle, type Bundle } from './patterns'
import type { Group, Grouping, Item } from './grouping'
import { expectWholeTree } from '../testing/check-tree'

/** A chain of operations with these names. */
function chain(...names: string[]): Graph {
  const build = new GraphBuilder()
  let last = build.input('image', [1])
  for (const name of names) last = build.node(name.endsWith('conv') ? 'Conv2D' : 'Cos', name, [last])
  return build.graph(last)
}

const pattern = (title: string, nodes: string[], inner: Bundle[] = []): Bundle => ({
  look: 'pattern',
  title,
  nodes,
  inner,
})

function placed(graph: Graph, ...bundles: Bundle[]): Grouping {
  const draft = draftScopes(indexGraph(graph), scopeTree(graph))
  for (const bundle of bundles) placeBundle(draft, bundle)
  fillGroups(draft)
  const groups = new Map<string, Group>()
  for (const group of joinSingles(draft.root)) if (group !== draft.root) groups.set(group.path, group)
  nameItems(draft, [draft.root, ...groups.values()])
  const grouping = { root: draft.root, groups, nodes: draft.nodes, scopes: itemsOfScopes(draft, groups) }
  expectWholeTree(graph, grouping)
  return grouping
}

/** The tree as nested lists of labels, a group's own in front. */
type Outline = string | Outline[]
const outline = (item: Item): Outline =>
  item.kind === 'node' ? item.label : [item.title ?? item.label, ...item.items.map(outline)]
const outlineOf = ({ root }: Grouping) => root.items.map(outline)

describe('placeBundle', () => {
  test('takes operations out of scopes of their own, which vanish', () => {
    const grouping = placed(
      chain('net/conv2d/conv', 'net/bn/mul', 'net/bn/add', 'net/act/relu', 'net/after'),
      pattern('Conv', ['net/conv2d/conv', 'net/bn/mul', 'net/bn/add', 'net/act/relu']),
    )
    expect(outlineOf(grouping)).toEqual([
      'image',
      ['net', ['Conv', 'conv2d/conv', 'bn/mul', 'bn/add', 'act/relu'], 'after'],
    ])
    const group = grouping.groups.get('net#conv2d/conv')
    expect(group).toMatchObject({ look: 'pattern', label: 'conv2d' })
    expect(grouping.scopes.get('net/bn')).toBe(group)
    expect(grouping.scopes.get('net/act')).toBe(grouping.nodes.get('net/act/relu'))
  })

  test('makes the scope it fills what it is', () => {
    const nodes = ['net/block/conv', 'net/block/bn/mul', 'net/block/bn/add']
    const grouping = placed(chain(...nodes, 'net/after'), pattern('Conv · BN', nodes))
    expect(grouping.groups.get('net/block')).toMatchObject({ look: 'pattern', title: 'Conv · BN', label: 'block' })
    expect(outlineOf(grouping)).toEqual(['image', ['net', ['Conv · BN', 'conv', 'bn/mul', 'bn/add'], 'after']])
  })

  test('keeps the patterns inside one, and scopes that it holds whole', () => {
    const nodes = ['net/a/conv', 'net/a/bn', 'net/se/one', 'net/se/two', 'net/last']
    const grouping = placed(chain(...nodes, 'net/after'), pattern('Block', nodes, [pattern('Conv', nodes.slice(0, 2))]))
    expect(outlineOf(grouping)).toEqual([
      'image',
      ['net', ['Block', ['Conv', 'conv', 'bn'], ['se', 'one', 'two'], 'last'], 'after'],
    ])
    expect(grouping.groups.get('net/a')).toMatchObject({ look: 'pattern', title: 'Conv' })
  })

  test('makes only what is inside where it would tear scopes apart', () => {
    const nodes = ['one/conv', 'one/bn', 'two/conv', 'two/bn']
    const grouping = placed(
      chain('one/before', ...nodes, 'two/after'),
      pattern('Block', nodes, [pattern('Conv', nodes.slice(0, 2)), pattern('Conv', nodes.slice(2))]),
    )
    expect(outlineOf(grouping)).toEqual([
      'image',
      ['one', 'before', ['Conv', 'conv', 'bn']],
      ['two', ['Conv', 'conv', 'bn'], 'after'],
    ])
  })

  test('gives a single operation the title, and folds nothing', () => {
    const grouping = placed(chain('net/conv', 'net/after'), pattern('Conv 3×3', ['net/conv']))
    expect(grouping.nodes.get('net/conv')?.title).toBe('Conv 3×3')
    expect(grouping.nodes.get('net/after')?.title).toBeNull()
  })

  test('gives paths that no scope and no other pattern has', () => {
    const nodes = ['net/conv', 'net/bn', 'net/relu']
    const grouping = placed(
      chain(...nodes, 'net/after', 'net#conv/one', 'net#conv/two'),
      pattern('Outer', nodes, [pattern('Inner', nodes.slice(0, 2))]),
    )
    expect([...grouping.groups.keys()].sort()).toEqual(['net', 'net#conv', 'net#conv#', 'net#conv##conv'])
  })

  test.each([
    [['expand_1/conv', 'expand_1_bn/mul'], 'expand_1'],
    [['conv2d_7/conv', 'batch_norm_7/mul', 're_lu_7/relu'], 'conv2d_7'],
    [['block_1_conv', 'block_10_add'], 'block'],
  ])('calls %j %s', (nodes, label) => {
    const grouping = placed(chain(...nodes, 'after'), pattern('Conv', nodes))
    expect(grouping.root.items.map((item) => item.label)).toEqual(['image', label, 'after'])
  })
})
