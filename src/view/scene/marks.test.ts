import { describe, expect, test } from 'vitest'
import { GraphBuilder } from '../../graph/testing/build'
import { seeded } from '../../graph/testing/random'
import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import { ancestors as trunkNodes } from '../../graph/lookup/trunk'
import type { Graph } from '../../graph/types'
import { groupGraph } from '../../layout/group/group'
import { scopedGraph } from '../../layout/testing/graphs'
import type { Item } from '../../layout/group/grouping'
import { asked, boxOf, openedEngine, present, realModels } from '../testing/models'
import type { Scene } from './types'

/** `image`, `body/a`, `body/b` with `body/c` beside it, `body/sum`, then `head/x` and `head/y`. */
function forked(): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8, 8, 3])
  const a = build.node('Conv2D', 'body/a', [image, build.constant('body/kernel', [3, 3, 3, 3])])
  const b = build.node('Sigmoid', 'body/b', [a])
  const c = build.node('Tanh', 'body/c', [a])
  const sum = build.node('AddV2', 'body/sum', [b, c])
  const x = build.node('Neg', 'head/x', [sum])
  return build.graph(build.node('Abs', 'head/y', [x]))
}

/** Ids of the boxes with something of the trunk inside, worked out from the graph alone. */
function litByTrunk(scene: Scene, graph: Graph, cut: string): string[] {
  const index = indexGraph(graph)
  const grouping = groupGraph(index, scopeTree(graph))
  const lit = new Set<string>()
  for (const name of trunkNodes(index, [cut])) {
    for (let item: Item | null | undefined = grouping.nodes.get(name); item; item = item.parent) lit.add(item.id)
  }
  return scene.boxes.map((box) => box.id).filter((id) => lit.has(id))
}

describe('how boxes stand to the cut', () => {
  test('nothing is lit, hidden or measured where nothing is cut', async () => {
    const { engine } = await openedEngine(forked())
    expect(present(await engine.scene(1, asked())).marks).toEqual({ lit: null, cutInside: [], distance: {} })
    expect(await engine.marks(1, ['nowhere:0'])).toEqual({ lit: null, cutInside: [], distance: {} })
  })

  test('distances count operations: below 0 in the trunk, above after, none beside', async () => {
    const { engine } = await openedEngine(forked())
    const { paths } = present(await engine.inside(1, ''))
    await engine.scene(1, asked({ unfolded: paths }))
    const { distance, lit } = present(await engine.marks(1, ['body/b:0']))
    expect(distance['n:image']).toBe(-2)
    expect(distance['n:body/a']).toBe(-1)
    expect(distance['n:body/b']).toBe(0)
    expect(distance['n:body/c']).toBeUndefined()
    expect(distance['n:body/sum']).toBe(1)
    expect(distance['n:head/y']).toBe(3)
    expect(distance['g:head']).toBe(2)
    expect(distance['g:body']).toBe(0)
    expect([...present(lit)].sort()).toEqual(['g:body', 'n:body/a', 'n:body/b', 'n:image'])
  })

  test('with two tensors cut the nearest counts, and both their trunks are lit', async () => {
    const { engine } = await openedEngine(forked())
    const { paths } = present(await engine.inside(1, ''))
    await engine.scene(1, asked({ unfolded: paths }))
    const { distance, lit } = present(await engine.marks(1, ['body/b:0', 'body/c:0']))
    expect([distance['n:body/a'], distance['n:body/c'], distance['n:head/x']]).toEqual([-1, 0, 2])
    expect(lit).toContain('n:body/c')
    expect(lit).not.toContain('n:body/sum')
  })

  test('a folded group tells of a cut inside that does not leave it', async () => {
    const { engine } = await openedEngine(forked())
    const cutInside = async (tensor: string) => present(await engine.scene(1, asked({ cut: [tensor] }))).marks.cutInside
    expect(await cutInside('body/b:0')).toEqual(['g:body'])
    expect(await cutInside('body/sum:0')).toEqual([])
    const open = present(await engine.scene(1, asked({ unfolded: ['body'], cut: ['body/a:0'] })))
    expect(open.marks.cutInside).toEqual([])
    expect(boxOf(open, 'n:body/a').unfolded).toBe(false)
  })

  test('marks of the last scene are those that a scene with that cut has', async () => {
    const graph = scopedGraph(seeded(8), 80)
    const { engine, overview } = await openedEngine(graph)
    await engine.scene(1, asked({ unfolded: overview.opening }))
    for (const node of graph.nodes.slice(10, 40)) {
      const cut = [`${node.name}:0`]
      const marks = await engine.marks(1, cut)
      expect(marks).toEqual(present(await engine.scene(1, asked({ unfolded: overview.opening, cut }))).marks)
    }
  })

  test.each(realModels())('what is lit in %s is what holds something of the trunk', async (_, graph) => {
    const { engine, overview, facts } = await openedEngine(graph)
    const cuts = [...facts.verdicts].filter(([, { canCut }]) => canCut).map(([tensor]) => tensor)
    const scene = present(await engine.scene(1, asked({ unfolded: overview.opening })))
    for (const share of [0.05, 0.5, 0.95]) {
      const cut = cuts[Math.floor(share * cuts.length)]
      const { lit, distance } = present(await engine.marks(1, [cut]))
      expect(lit).toEqual(litByTrunk(scene, graph, cut))
      for (const id of present(lit)) expect(distance[id], id).toBeDefined()
    }
  })
})
