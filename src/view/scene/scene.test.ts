import { describe, expect, test } from 'vitest'
import { totalCost } from '../../graph/cost'
import { dtypeOf, GraphBuilder, intsOf, stringOf, stringsOf } from '../../graph/testing/build'
import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import type { FunctionGraph, Graph, GraphNode } from '../../graph/types'
import { groupGraph } from '../../layout/group/group'
import { nodesIn } from '../../layout/group/grouping'
import { createViewEngine } from '../engine/engine'
import type { ModelFacts } from '../types'
import { asked, boxOf, factsOf, openedEngine, present, realModels } from '../testing/models'
import type { Scene } from './types'

const same = { strides: intsOf(1, 2, 2, 1), padding: stringOf('SAME'), data_format: stringOf('NHWC') }

/** Two scopes: `stem` has a fused convolution and a sine, `tail` two more that make nothing of it. */
function network(): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 32, 32, 3])
  const conv = build.node(
    '_FusedConv2D',
    'stem/block/conv',
    [image, build.constant('stem/block/kernel', [3, 3, 3, 16]), build.constant('stem/block/bias', [16])],
    { ...same, fused_ops: stringsOf('BiasAdd', 'Relu6') },
  )
  const sine = build.node('Sin', 'stem/sine', [conv])
  const cosine = build.node('Cos', 'tail/cosine', [sine])
  return build.graph(build.node('Abs', 'tail/last', [cosine]))
}

async function sceneWith(unfolded: readonly string[] = []): Promise<Scene> {
  const { engine } = await openedEngine(network())
  return present(await engine.scene(1, asked({ unfolded })))
}

describe('what stands on boxes', () => {
  test('an operation: its title, name in its frame, what it does, and what is said of it', async () => {
    const box = boxOf(await sceneWith(['stem']), 'n:stem/block/conv')
    expect(box).toMatchObject({
      look: 'op',
      title: expect.stringContaining('ReLU6') as string,
      label: 'block/conv',
      categories: [{ category: 'convolution', share: 1 }],
      cost: { parameters: 448, weightBytes: 1792, multiplyAdds: 110_592, outputBytes: 16_384 },
    })
    expect(box.lines).toContain('filter 3×3×3×16')
    expect(box.spoken).toBe(`${box.title}, block/conv, output 16×16×16`)
    expect(boxOf(await sceneWith(['stem']), 'n:stem/sine').spoken).toBe('Sin, stem/sine, output 16×16×16')
  })

  test('a group: what it is, how much is inside, and whether it is folded', async () => {
    const folded = boxOf(await sceneWith(), 'g:stem')
    expect(folded).toMatchObject({
      ...{ look: 'scope', title: 'stem', label: '', lines: ['2 ops · 111 k multiply-adds'] },
      spoken: 'Scope, stem, 2 operations, folded',
      cost: { parameters: 448, weightBytes: 1792, multiplyAdds: 110_592, outputBytes: 16_384 },
    })
    expect(folded.categories.map(({ share }) => share)).toEqual([0.5, 0.5])
    const open = boxOf(await sceneWith(['stem']), 'g:stem')
    expect(open.spoken).toBe('Scope, stem, 2 operations, unfolded')
    expect(open.cost).toEqual(folded.cost)
    expect(boxOf(await sceneWith(), 'g:tail').lines).toEqual(['2 ops'])
  })

  test('where a tensor leaves stands what is known of it', async () => {
    const [port] = boxOf(await sceneWith(), 'g:stem').ports
    expect(port).toMatchObject({
      ...{ tensor: 'stem/sine:0', shape: '16×16×16', dtype: 'float32' },
      ...{ canCut: true, why: null, recommended: true },
    })
    const [image] = boxOf(await sceneWith(), 'n:image').ports
    expect(image.canCut).toBe(false)
    expect(image.why).not.toBeNull()
  })

  test('recommended cuts are marked where a scope ends, not along a chain, and where one is suggested', async () => {
    const marked = async (graph: Graph, unfolded: readonly string[], change: Partial<ModelFacts> = {}) => {
      const { engine, feed } = createViewEngine()
      feed.graph(1, graph)
      feed.facts(1, { ...factsOf(graph), ...change })
      await engine.opened(1)
      const { boxes } = present(await engine.scene(1, asked({ unfolded })))
      const ports = boxes.filter((box) => !box.unfolded).flatMap((box) => box.ports)
      expect(ports.filter((port) => port.recommended).length).toBeGreaterThan(1)
      return ports.flatMap((port) => (port.marked ? [port.tensor] : []))
    }
    const suggested = { suggested: null }
    expect(await marked(network(), ['stem', 'tail'], suggested)).toEqual(['stem/sine:0'])
    expect(await marked(network(), ['tail'], suggested)).toEqual(['stem/sine:0'])
    const build = new GraphBuilder()
    const names = ['a', 'b', 'c', 'd']
    const image = build.input('image', [null, 8, 8, 3])
    const last = names.reduce((input, name, i) => build.node(['Sin', 'Cos', 'Abs', 'Exp'][i], name, [input]), image)
    const chain = build.graph(last)
    expect(await marked(chain, [], suggested)).toEqual([])
    expect(await marked(chain, [], { suggested: 'b:0' })).toEqual(['b:0'])
  })

  test('before the facts come nothing is made up', async () => {
    const { engine, feed } = createViewEngine()
    feed.graph(1, network())
    await engine.opened(1)
    const scene = present(await engine.scene(1, asked()))
    expect(scene.complete).toBe(false)
    const stem = boxOf(scene, 'g:stem')
    expect(stem).toMatchObject({ cost: null, lines: ['2 ops'] })
    expect(stem.ports).toMatchObject([{ shape: '', dtype: '', canCut: false, why: null, recommended: false }])
    expect(boxOf(scene, 'n:image').spoken).toBe('Input, image')
  })

  test('long names lose their middle', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const path = 'long_scope/with_another_long_one/third'
    const one = build.node('Sin', `${path}/one`, [image])
    const { engine } = await openedEngine(build.graph(build.node('Cos', `${path}/two`, [one])))
    const box = present(await engine.scene(1, asked())).boxes.find(({ look }) => look === 'scope')
    expect(present(box).title).toBe('long_scope/…/third')
    expect(present(box).spoken).toContain(path)
  })
})

test('a function that is called unfolds into its body, whose tensors cannot be cut', async () => {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 4])
  const called = build.node('PartitionedCall', 'call', [image], {
    f: { kind: 'function', name: 'halve', attributes: {} },
    Tout: { kind: 'list', items: [dtypeOf('float32')] },
  })
  const node = (op: string, name: string, input: string): GraphNode => ({
    ...{ name, op, inputs: [input], controlInputs: [], attributes: {} },
  })
  const halve: FunctionGraph = {
    name: 'halve',
    inputs: [{ name: 'x', dtype: 'float32' }],
    outputs: [{ name: 'y', dtype: 'float32' }],
    nodes: [node('Sin', 'one', 'x'), node('Cos', 'two', 'one:y:0')],
    returns: { y: 'two:y:0' },
  }
  const graph = { ...build.graph(build.node('Abs', 'last', [called])), functions: [halve] }
  const { engine } = await openedEngine(graph)
  const folded = boxOf(present(await engine.scene(1, asked())), 'g:call')
  expect(folded).toMatchObject({ look: 'function', title: 'Function halve' })
  expect(folded.ports).toMatchObject([{ tensor: 'call:0' }])
  const { paths } = present(await engine.inside(1, 'call'))
  const open = present(await engine.scene(1, asked({ unfolded: paths, cut: ['call:0'] })))
  const inner = present(open.boxes.find((box) => box.name.endsWith('/two')))
  expect(inner).toMatchObject({ look: 'op', title: 'Cos' })
  expect(inner.ports).toMatchObject([{ canCut: false, why: expect.stringContaining('inside a function') as string }])
  expect(open.marks.lit).toContain(inner.id)
  expect(open.marks.distance[inner.id]).toBe(-1)
})

describe.each(realModels())('scenes of %s', (_, graph) => {
  test('what each group costs is the total of what is in it, and its shares add up', async () => {
    const { engine, facts, overview } = await openedEngine(graph)
    const grouping = groupGraph(indexGraph(graph), scopeTree(graph))
    const { boxes } = present(await engine.scene(1, asked({ unfolded: overview.opening })))
    for (const box of boxes.filter(({ kind }) => kind === 'group')) {
      const names = nodesIn(present(grouping.groups.get(box.name))).map((node) => node.name)
      expect(box.cost, box.name).toMatchObject(totalCost(graph, facts.costs, names))
      expect(box.categories.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
      expect(box.lines[0]).toContain(`${names.length} op`)
    }
  })

  test('every box has a title and is spoken of, and every tensor that leaves has a shape where one is known', async () => {
    const { engine, facts } = await openedEngine(graph)
    const { paths } = present(await engine.inside(1, ''))
    const { boxes } = present(await engine.scene(1, asked({ unfolded: paths, direction: 'right' })))
    expect(boxes.length).toBeGreaterThanOrEqual(30)
    for (const box of boxes) {
      expect(box.title, box.id).not.toBe('')
      if (box.kind === 'node' || box.look === 'pattern') expect(box.spoken.startsWith(box.title), box.spoken).toBe(true)
      for (const port of box.ports) {
        expect(port.shape === '', port.tensor).toBe(!facts.infos.get(port.tensor)?.shape)
        expect(port.canCut).toBe(facts.verdicts.get(port.tensor)?.canCut)
      }
    }
  })
})
