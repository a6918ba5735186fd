import { describe, expect, test } from 'vitest'
import { indexGraph } from '../../../graph/lookup/graph-index'
import { scopeTree } from '../../../graph/lookup/scopes'
import { GraphBuilder } from '../../../graph/testing/build'
import { seeded } from '../../../graph/testing/random'
import type { Graph } from '../../../graph/types'
import { groupGraph } from '../group'
import { nodesIn, type Group, type Grouping, type Item } from '../grouping'
import { expectWholeTree } from '../../testing/check-tree'
import { formlessGraph } from '../../testing/networks'
import { signature } from './singles'
import { repeats } from './repeats'

function grouped(graph: Graph): Grouping {
  const grouping = groupGraph(indexGraph(graph), scopeTree(graph))
  expectWholeTree(graph, grouping)
  return grouping
}

/** One block of operations that no reader has a word for: two branches and their sum. */
type Block = (build: GraphBuilder, input: string, name: string) => string

const first: Block = (build, input, name) => {
  const one = build.node('Cos', `c${name}`, [input])
  const two = build.node('Exp', `e${name}`, [one])
  return build.node('Maximum', `m${name}`, [two, input])
}
const second: Block = (build, input, name) => {
  const one = build.node('Sin', `s${name}`, [input])
  const two = build.node('Tan', `t${name}`, [input])
  const three = build.node('Floor', `f${name}`, [two])
  return build.node('Minimum', `m${name}`, [one, three])
}

function chainOf(...blocks: Block[]): Graph {
  const build = new GraphBuilder()
  let last = build.input('image', [1])
  blocks.forEach((block, i) => (last = block(build, last, `_${i}`)))
  return build.graph(build.node('Sign', 'result', [last]))
}

const times = (count: number, block: Block): Block[] => Array.from({ length: count }, () => block)
const names = (items: readonly Item[]) => items.map((item) => item.title ?? item.label)
const groupAt = ({ root }: Grouping, i: number): Group => {
  const item = root.items[i]
  if (item.kind === 'node') throw new Error(`${item.name} is no group`)
  return item
}

describe('groupByStructure', () => {
  test('finds the same block several times', () => {
    const grouping = grouped(chainOf(...times(20, first)))
    expect(names(grouping.root.items)).toEqual(['image', 'Block ×20', 'result'])
    const row = groupAt(grouping, 1)
    expect(row).toMatchObject({ look: 'blocks', label: 'Cos … Maximum' })
    expect(names(row.items).slice(0, 2)).toEqual(['Block 1', 'Block 2'])
    for (const block of row.items) expect(nodesIn(block).map(({ op }) => op)).toEqual(['Cos', 'Exp', 'Maximum'])
  })

  test('tells kinds of blocks apart, and calls those of one kind alike wherever they stand', () => {
    const grouping = grouped(chainOf(...times(8, first), ...times(5, second), first, second, ...times(6, first)))
    expect(names(grouping.root.items)).toEqual([
      'image',
      'Block A ×8',
      'Block B ×5',
      'Block A',
      'Block B',
      'Block A ×6',
      'result',
    ])
  })

  test('finds blocks of several blocks', () => {
    const grouping = grouped(chainOf(...times(7, first).flatMap((block) => [block, block, second])))
    expect(names(grouping.root.items)).toEqual(['image', 'Block ×7', 'result'])
    expect(nodesIn(groupAt(grouping, 1).items[0])).toHaveLength(10)
  })

  test('does not mind in which order the file lists branches', () => {
    const swapped: Block = (build, input, name) => {
      const two = build.node('Tan', `t${name}`, [input])
      const three = build.node('Floor', `f${name}`, [two])
      const one = build.node('Sin', `s${name}`, [input])
      return build.node('Minimum', `m${name}`, [one, three])
    }
    const grouping = grouped(chainOf(...times(8, second).flatMap((block) => [block, swapped])))
    expect(names(grouping.root.items)).toEqual(['image', 'Block ×16', 'result'])
  })

  test('splits a row too long to be seen at once', () => {
    const grouping = grouped(chainOf(...times(400, first)))
    const row = groupAt(grouping, 1)
    expect(row.title).toBe('Block ×400')
    expect(names(row.items).slice(0, 2)).toEqual(['Block 1–20', 'Block 21–40'])
    expect(names((row.items[1] as Group).items).slice(0, 2)).toEqual(['Block 21', 'Block 22'])
  })

  test('lets a scope with nothing but one row in it stand for the row', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const lanes = Array.from({ length: 40 }, (_, i) => first(build, image, `_${i}`))
    const inScope = build.graph(build.node('AddN', 'sum', lanes))
    const scoped = (name: string) => (/^[cem]_/.test(name) ? `wide/${name}` : name)
    const nodes = inScope.nodes.map((node) => ({ ...node, name: scoped(node.name), inputs: node.inputs.map(scoped) }))
    const grouping = grouped({ ...inScope, nodes })
    expect(groupAt(grouping, 1)).toMatchObject({ path: 'wide', look: 'scope', title: 'Block ×40', label: 'wide' })
    expect(names(groupAt(grouping, 1).items).slice(0, 2)).toEqual(['Block 1', 'Block 2'])
  })

  test('leaves a small graph as it is', () => {
    const grouping = grouped(chainOf(...times(10, first)))
    expect(grouping.groups.size).toBe(0)
  })

  test.each([200, 5000])('splits %i operations without any structure into runs', (size) => {
    const { root } = grouped(formlessGraph(seeded(3), size))
    expect(root.items.length).toBeGreaterThan(10)
    expect(root.items.length).toBeLessThanOrEqual(90)
  })
})

describe('repeats', () => {
  const none = () => false
  const found = (text: string, costs?: readonly number[]) => {
    const signs = Int32Array.from(text, (sign) => sign.charCodeAt(0))
    const all = repeats(signs, Float64Array.from(costs ?? new Array<number>(text.length + 1).fill(1)), none)
    return all.map(({ start, period, times }) => `${text.slice(start, start + period)}×${times}`)
  }

  test('prefers what covers most, in the shortest blocks', () => {
    expect(found('xabababy')).toEqual(['ab×3'])
    expect(found('aabaabaab')).toEqual(['aab×3'])
    expect(found('ababxcdcdcd')).toEqual(['ab×2', 'cd×3'])
    expect(found('abcdefg')).toEqual([])
  })

  test('cuts where least passes', () => {
    expect(found('xbabababa', [1, 2, 1, 2, 1, 2, 1, 2, 1, 2])).toEqual(['ab×3'])
  })

  test('leaves a few single things alone', () => {
    expect(found('xaay')).toEqual([])
    expect(found('xaaay')).toEqual(['a×3'])
  })

  test('gives equal stretches one signature', () => {
    const signs = Int32Array.from([1, 2, 3, 1, 2, 3])
    expect(signature(signs, 0, 3)).toBe(signature(signs, 3, 3))
    expect(signature(signs, 0, 3)).not.toBe(signature(signs, 1, 3))
  })
})
