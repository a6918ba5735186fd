import { describe, expect, test } from 'vitest'
import { seeded } from '../../graph/testing/random'
import { scopedGraph } from '../../layout/testing/graphs'
import { createViewEngine } from './engine'
import { asked, factsOf, openedEngine, present } from '../testing/models'

const graph = scopedGraph(seeded(3), 60)

describe('what is held', () => {
  test('a model is opened when its graph comes and understood when its facts come, in either order of asking', async () => {
    const { engine, feed } = createViewEngine()
    const opened = engine.opened(7)
    const understood = engine.understood(7)
    feed.graph(7, graph)
    const overview = present(await opened)
    expect(overview.operations + overview.constants + graph.inputs.length).toBe(graph.nodes.length)
    expect(overview.constants).toBe(graph.nodes.filter((node) => node.op === 'Const').length)
    expect(present(await engine.scene(7, asked())).complete).toBe(false)

    feed.facts(7, factsOf(graph))
    expect(await understood).toBe(true)
    expect(await engine.understood(7)).toBe(true)
    expect(present(await engine.scene(7, asked())).complete).toBe(true)
    expect(await engine.opened(7)).toEqual(overview)
  })

  test('facts that come before the graph is grouped are not lost', async () => {
    const { engine, feed } = createViewEngine()
    feed.facts(1, factsOf(graph))
    feed.graph(1, graph)
    await engine.opened(1)
    expect(present(await engine.scene(1, asked())).complete).toBe(true)
  })

  test('dropping ends what waits, and what comes later is not taken', async () => {
    const { engine, feed } = createViewEngine()
    const opened = engine.opened(1)
    const understood = engine.understood(1)
    await engine.drop(1)
    expect(await opened).toBeNull()
    expect(await understood).toBe(false)
    feed.graph(1, graph)
    expect(await engine.opened(1)).toBeNull()
    expect(await engine.scene(1, asked())).toBeNull()
  })

  test('a model dropped while it is being grouped is not opened', async () => {
    const { engine, feed } = createViewEngine()
    feed.graph(1, graph)
    const opened = engine.opened(1)
    await engine.drop(1)
    expect(await opened).toBeNull()
  })

  test('two models are held side by side until one is dropped', async () => {
    const { engine, feed } = await openedEngine(graph)
    const other = scopedGraph(seeded(4), 20)
    feed.graph(2, other)
    const overview = present(await engine.opened(2))
    expect(overview.operations).toBeLessThan(present(await engine.opened(1)).operations)
    const [first, second] = await Promise.all([engine.scene(1, asked()), engine.scene(2, asked())])
    expect(present(first).boxes).not.toEqual(present(second).boxes)
    await engine.drop(1)
    expect(await engine.scene(1, asked())).toBeNull()
    expect(await engine.scene(2, asked())).toEqual(second)
  })

  test('everything about a model that is not there is null', async () => {
    const { engine } = createViewEngine()
    const selection = { kind: 'node', name: 'image' } as const
    expect(await engine.scene(1, asked())).toBeNull()
    expect(await engine.marks(1, [])).toBeNull()
    expect(await engine.describe(1, selection)).toBeNull()
    expect(await engine.find(1, 'image', 5)).toBeNull()
    expect(await engine.locate(1, selection)).toBeNull()
    expect(await engine.inside(1, '')).toBeNull()
    expect(await engine.preview(1, ['image:0'])).toBeNull()
    expect(await engine.profile(1, 10)).toBeNull()
    expect(await engine.depths(1, ['image:0'])).toBeNull()
  })
})

describe('overtaking', () => {
  test('a search gives way to a newer one', async () => {
    const { engine } = await openedEngine(graph)
    const [first, second] = await Promise.all([engine.find(1, 'op', 5), engine.find(1, 'op_1', 5)])
    expect(first).toBeNull()
    expect(second).not.toBeNull()
  })

  test('a scene that takes long gives way to a newer one, which is made whole', async () => {
    const { engine, feed } = createViewEngine()
    feed.graph(1, scopedGraph(seeded(5), 3000))
    await engine.opened(1)
    const { paths } = present(await engine.inside(1, ''))
    const [first, second] = await Promise.all([
      engine.scene(1, asked({ unfolded: paths })),
      engine.scene(1, asked({ unfolded: paths.slice(0, 1) })),
    ])
    expect(first).toBeNull()
    const scene = present(second)
    expect(scene.boxes.filter((box) => box.unfolded).map((box) => box.name)).toEqual(paths.slice(0, 1))
    // Marks are about the scene that was shown.
    const marks = present(await engine.marks(1, ['image:0']))
    expect(Object.keys(marks.distance).sort()).toEqual(scene.boxes.map((box) => box.id).sort())
  })
})

test('boxes for constants come when asked for and go again', async () => {
  const { engine } = await openedEngine(graph)
  const { paths } = present(await engine.inside(1, ''))
  const plain = present(await engine.scene(1, asked({ unfolded: paths })))
  expect(plain.boxes.some((box) => box.look === 'constant')).toBe(false)

  await engine.scene(1, asked({ constants: true }))
  const all = present(await engine.inside(1, '')).paths
  const full = present(await engine.scene(1, asked({ constants: true, unfolded: all })))
  const constants = graph.nodes.filter((node) => node.op === 'Const').map((node) => `n:${node.name}`)
  expect(constants.length).toBeGreaterThan(5)
  expect(
    full.boxes
      .filter((box) => box.look === 'constant')
      .map((box) => box.id)
      .sort(),
  ).toEqual(constants.sort())
  const [kernel] = constants
  expect(present(await engine.locate(1, { kind: 'node', name: kernel.slice(2) })).box).toBe(kernel)

  expect(present(await engine.scene(1, asked({ unfolded: paths })))).toEqual(plain)
  expect(present(await engine.locate(1, { kind: 'node', name: kernel.slice(2) })).box).not.toBe(kernel)
})
