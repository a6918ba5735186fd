import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup/graph-index'
import { scopeTree } from '../graph/lookup/scopes'
import { GraphBuilder } from '../graph/testing/build'
import { pick, randomInt, seeded } from '../graph/testing/random'
import type { Graph } from '../graph/types'
import { crossings } from './group/border-crossings'
import { groupGraph } from './group/group'
import type { Grouping } from './group/grouping'
import { createLayouter } from './layouter'
import { openingView } from './opening'
import { expectConnected, expectEveryEdge, expectTidy } from './testing/check'
import { linesOnLines, linesThroughBoxes } from './testing/lines'
import { flatGraph, hasSharedModels, scopedGraph, sharedModel, sharedModels } from './testing/graphs'

const groupingOf = (graph: Graph): Grouping => groupGraph(indexGraph(graph), scopeTree(graph))

/** Folds and unfolds at random and checks each picture. */
async function checkRandomViews(graph: Graph, seed: number, steps: number): Promise<void> {
  const random = seeded(seed)
  const grouping = groupingOf(graph)
  const layouter = createLayouter(graph, grouping)
  const unfolded = openingView(grouping, crossings(graph, grouping))
  for (let step = 0; step <= steps; step++) {
    const direction = random() < 0.5 ? 'down' : 'right'
    const laid = await layouter.layout(unfolded, direction)
    expectTidy(laid)
    expectEveryEdge(laid, graph, grouping)
    expectConnected(laid, direction)
    expect(linesThroughBoxes(laid, direction)).toEqual([])
    expect(linesOnLines(laid, direction)).toEqual([])
    const groups = laid.boxes.filter((box) => box.kind === 'group')
    if (groups.length === 0) return
    const path = pick(random, groups).name
    if (!unfolded.delete(path)) unfolded.add(path)
  }
}

describe('createLayouter', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    'keeps boxes apart and edges whole while scopes fold and unfold (seed %i)',
    async (seed) => {
      await checkRandomViews(scopedGraph(seeded(seed), 40 + 8 * seed), seed, 8)
    },
  )

  test('keeps boxes apart and edges whole in a graph without scopes', async () => {
    await checkRandomViews(flatGraph(120), 7, 5)
  })

  test.skipIf(!hasSharedModels).each(sharedModels)('keeps boxes apart and edges whole in %s', async (name) => {
    await checkRandomViews(sharedModel(name), 11, 6)
  })

  test('keeps lines off boxes in tangles: random graphs, cycles of scopes, fans and long skips', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const random = seeded(seed)
      const build = new GraphBuilder()
      const tensors = [build.input('image', [1])]
      for (let i = 0; i < 60; i++) {
        // Names say nothing about the order of the data, so that scopes depend on one another in circles.
        const name = `s${randomInt(random, 3)}/t${randomInt(random, 2)}/op_${i}`
        const from = random() < 0.3 ? 0 : Math.floor(tensors.length * Math.sqrt(random()))
        tensors.push(build.node('AddV2', name, [tensors[from], pick(random, tensors)]))
      }
      await checkRandomViews(build.graph(tensors[tensors.length - 1]), seed, 8)
    }
  })

  test('leads a line back where the data goes against the flow, and says so', async () => {
    const build = new GraphBuilder()
    let last = build.input('image', [1])
    for (const name of ['a/one', 'b/one', 'b/two', 'a/two', 'a/three']) last = build.node('Relu', name, [last])
    const graph = build.graph(last)
    for (const direction of ['down', 'right'] as const) {
      const laid = await createLayouter(graph, groupingOf(graph)).layout(new Set(), direction)
      expectConnected(laid, direction)
      expect(linesThroughBoxes(laid, direction)).toEqual([])
      expect(laid.edges.map(({ id, spans }) => [id, spans])).toEqual([
        ['n:image g:a image:0', 1],
        ['g:a g:b a/one:0', 1],
        ['g:b g:a b/two:0', -1],
      ])
    }
  })

  test('arranges a scope and those around it when it is unfolded, and nothing when it was seen before', async () => {
    const build = new GraphBuilder()
    let last = build.input('image', [1])
    for (const scope of ['a/x', 'a/y', 'b/x', 'b/y']) {
      last = build.node('Relu', `${scope}/one`, [last])
      last = build.node('Relu', `${scope}/two`, [last])
    }
    const graph = build.graph(last)
    const layouter = createLayouter(graph, groupingOf(graph))
    const arranged = async (...unfolded: string[]) => (await layouter.layout(new Set(unfolded))).arranged

    expect(await arranged()).toBe(1)
    // The whole graph, a and b.
    expect(await arranged('a', 'b')).toBe(3)
    // a/x, a and the whole graph; b is as it was.
    expect(await arranged('a', 'b', 'a/x')).toBe(3)
    expect(await arranged('a', 'b')).toBe(0)
    // The whole graph only: a with a/x inside is known, and b is folded.
    expect(await arranged('a', 'a/x')).toBe(1)
    // An unfolded scope inside a folded one is not seen.
    expect(await arranged('b/x')).toBe(0)
  })

  test('puts what follows below, and an unfolded scope between what it takes and what takes it', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const one = build.node('Conv2D', 'block/one', [image, build.constant('block/kernel', [3, 3, 1, 1])])
    const two = build.node('Relu', 'block/two', [one])
    const graph = build.graph(build.node('Softmax', 'scores', [two]))
    const laid = await createLayouter(graph, groupingOf(graph)).layout(new Set(['block']))
    const box = (id: string) => {
      const found = laid.boxes.find((candidate) => candidate.id === id)
      if (!found) throw new Error(`no box ${id}`)
      return found
    }
    const bottomOf = (id: string) => box(id).y + box(id).height

    expect(laid.boxes.map(({ id }) => id).sort()).toEqual([
      'g:block',
      'n:block/one',
      'n:block/two',
      'n:image',
      'n:scores',
    ])
    expect(box('g:block').y).toBeGreaterThan(bottomOf('n:image'))
    expect(box('n:block/two').y).toBeGreaterThan(bottomOf('n:block/one'))
    expect(box('n:scores').y).toBeGreaterThan(bottomOf('g:block'))
    expect(box('n:scores').outputs.map(({ tensor }) => tensor)).toEqual(['scores:0'])
  })

  test('stops between groups when the pause throws', async () => {
    const graph = scopedGraph(seeded(1), 40)
    const layouter = createLayouter(graph, groupingOf(graph))
    const stopped = new Error('a newer request came')
    const stop = () => {
      throw stopped
    }
    await expect(layouter.layout(new Set(), 'down', stop)).rejects.toBe(stopped)
    expect((await layouter.layout(new Set())).boxes.length).toBeGreaterThan(0)
  })
})
