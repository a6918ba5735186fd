import { describe, expect, test } from 'vitest'
import { GraphBuilder } from '../graph/testing/build'
import type { Graph } from '../graph/types'
import { asked, boxOf, openedEngine, present, realModels } from './testing/models'

/** A scope with two things in it, one joined with the only operation in it, and one that holds but a constant. */
function network(): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8])
  const kernel = build.constant('weights/deep/kernel', [8, 8])
  const passed = build.node('Identity', 'weights/deep/read', [kernel])
  const product = build.node('MatMul', 'block/inner/product', [image, passed])
  const sine = build.node('Sin', 'block/inner/sine', [product])
  const lone = build.node('Cos', 'block/alone/deep/cosine', [sine])
  return build.graph(build.node('Abs', 'last', [lone]))
}

describe('where something is to be seen', () => {
  test('an operation, its tensor and its scopes, with the groups around from the outermost in', async () => {
    const { engine } = await openedEngine(network())
    const node = { box: 'n:block/inner/sine', unfold: ['block', 'block/inner'] }
    expect(await engine.locate(1, { kind: 'node', name: 'block/inner/sine' })).toEqual(node)
    expect(await engine.locate(1, { kind: 'tensor', name: 'block/inner/sine:0' })).toEqual(node)
    expect(await engine.locate(1, { kind: 'scope', name: 'block/inner' })).toEqual({
      box: 'g:block/inner',
      unfold: ['block'],
    })
    expect(await engine.locate(1, { kind: 'node', name: 'image' })).toEqual({ box: 'n:image', unfold: [] })
  })

  test('a constant, and what only passes it on, at the operation that uses it; so do scopes with nothing else', async () => {
    const { engine } = await openedEngine(network())
    const user = { box: 'n:block/inner/product', unfold: ['block', 'block/inner'] }
    expect(await engine.locate(1, { kind: 'tensor', name: 'weights/deep/kernel:0' })).toEqual(user)
    expect(await engine.locate(1, { kind: 'node', name: 'weights/deep/read' })).toEqual(user)
    expect(await engine.locate(1, { kind: 'scope', name: 'weights' })).toEqual(user)
  })

  test('a scope that was joined at what stands for it', async () => {
    const { engine } = await openedEngine(network())
    const lone = { box: 'n:block/alone/deep/cosine', unfold: ['block'] }
    expect(await engine.locate(1, { kind: 'scope', name: 'block/alone' })).toEqual(lone)
    expect(await engine.locate(1, { kind: 'scope', name: 'block/alone/deep' })).toEqual(lone)
  })

  test('nothing where there is nothing', async () => {
    const { engine } = await openedEngine(network())
    for (const kind of ['node', 'tensor', 'scope'] as const) {
      expect(await engine.locate(1, { kind, name: 'nowhere' })).toBeNull()
    }
    expect(await engine.locate(1, { kind: 'scope', name: '' })).toBeNull()
    expect(await engine.inside(1, 'nowhere')).toBeNull()
  })

  test.each(realModels())('every node and scope of %s is seen once what it takes is unfolded', async (_, graph) => {
    const { engine } = await openedEngine(graph)
    const step = Math.ceil(graph.nodes.length / 40)
    const names = graph.nodes.map((node) => node.name).filter((_, i) => i % step === 0)
    const selections = names.flatMap((name) => [
      { kind: 'node', name } as const,
      ...(name.includes('/') ? [{ kind: 'scope', name: name.slice(0, name.lastIndexOf('/')) } as const] : []),
    ])
    for (const selection of selections) {
      const place = await engine.locate(1, selection)
      // A scope that holds the whole graph has no box.
      if (selection.kind === 'scope' && !place) continue
      const { box, unfold } = present(place)
      const scene = present(await engine.scene(1, asked({ unfolded: unfold })))
      expect(boxOf(scene, box).unfolded).toBe(false)
    }
  })
})

test('unfolding all inside counts the boxes there will be', async () => {
  const { engine } = await openedEngine(network())
  const all = present(await engine.inside(1, ''))
  const scene = present(await engine.scene(1, asked({ unfolded: all.paths })))
  expect(all.boxes).toBe(scene.boxes.length)
  expect(all.operations).toBe(4)
  expect(await engine.inside(1, 'block')).toEqual({
    operations: 3,
    boxes: 4,
    paths: ['block', 'block/inner'],
  })
})
