import { describe, expect, test } from 'vitest'
import type { Arrow } from '../../../actions/boxes'
import { lookupsOf } from '../lookups'
import { edgesOf, frameBox, opBox, sceneOf } from '../testing'
import { traceOf } from '../lines/trace'
import { following, isLandmark, neighbour, spokenNeighbours } from './walk'
import type { Scene } from '../../../view/scene/types'

/** image → frame { conv → relu } → left and right → sum */
function network(): Scene {
  const inside = { parent: 'g:frame', depth: 1 }
  const boxes = [
    frameBox('frame', 80, 90, 140, 200),
    opBox('image', 100, 0),
    opBox('conv', 100, 120, inside),
    opBox('relu', 100, 220, inside),
    opBox('left', 0, 320),
    opBox('right', 200, 320),
    opBox('sum', 100, 420),
  ]
  return sceneOf(boxes, edgesOf(boxes, 'image>conv', 'conv>relu', 'relu>left', 'relu>right', 'left>sum', 'right>sum'))
}

function boxIn(scene: Scene, id: string) {
  const box = lookupsOf(scene).boxes.get(id)
  if (!box) throw new Error(`no box ${id}`)
  return box
}

/** The same picture with the axes exchanged. */
function turned(scene: Scene): Scene {
  const boxes = scene.boxes.map((box) => ({ ...box, x: box.y, y: box.x, width: box.height, height: box.width }))
  return { ...scene, boxes, direction: 'right' }
}

describe('walking', () => {
  test('arrows follow the data down and up, into a frame from its header and out to it', () => {
    const scene = network()
    const step = (from: string, arrow: Arrow) => neighbour(scene, boxIn(scene, from), arrow)?.id
    expect(step('n:image', 'down')).toBe('n:conv')
    expect(step('n:conv', 'down')).toBe('n:relu')
    expect(step('n:relu', 'up')).toBe('n:conv')
    expect(step('g:frame', 'down')).toBe('n:conv')
    expect(['n:left', 'n:right']).toContain(step('n:relu', 'down'))
    expect(step('n:left', 'right')).toBe('n:right')
    expect(step('n:right', 'left')).toBe('n:left')
    expect(step('n:image', 'up')).toBeUndefined()
    expect(step('n:sum', 'down')).toBeUndefined()
  })

  test('where data flows to the right, right follows it and down goes beside', () => {
    const scene = turned(network())
    const step = (from: string, arrow: Arrow) => neighbour(scene, boxIn(scene, from), arrow)?.id
    expect(step('n:image', 'right')).toBe('n:conv')
    expect(step('n:relu', 'left')).toBe('n:conv')
    expect(step('n:left', 'down')).toBe('n:right')
    expect(step('n:right', 'up')).toBe('n:left')
  })

  test('from box to box as they are read every box is reached, and groups alone', () => {
    const scene = network()
    const reached: string[] = []
    for (let box = following(scene, undefined, 1); box; box = following(scene, box, 1)) reached.push(box.id)
    expect(reached).toEqual(['n:image', 'g:frame', 'n:conv', 'n:relu', 'n:left', 'n:right', 'n:sum'])
    expect(following(scene, undefined, -1)?.id).toBe('n:sum')
    expect(following(scene, boxIn(scene, 'n:image'), 1, (box) => box.kind === 'group')?.id).toBe('g:frame')
    expect(following(scene, boxIn(scene, 'g:frame'), 1, (box) => box.kind === 'group')).toBeUndefined()
  })

  test('landmarks are scopes, blocks and patterns that hold others, not those of single operations', () => {
    const pattern = { kind: 'group', look: 'pattern' } as const
    const boxes = [
      opBox('image', 0, 0),
      opBox('conv', 0, 100, { ...pattern, id: 'g:conv' }),
      opBox('residual', 0, 200, { ...pattern, id: 'g:residual', nested: true }),
      opBox('blocks', 0, 300, { ...pattern, id: 'g:blocks', look: 'blocks' }),
      opBox('dense', 0, 400, { ...pattern, id: 'g:dense' }),
      opBox('scope', 0, 500, { ...pattern, id: 'g:scope', look: 'scope' }),
    ]
    const scene = sceneOf(boxes, [])
    const reached: string[] = []
    for (let box = following(scene, boxes[0], 1, isLandmark); box; box = following(scene, box, 1, isLandmark)) {
      reached.push(box.name)
    }
    expect(reached).toEqual(['residual', 'blocks', 'scope'])
    expect(following(scene, boxes[4], -1, isLandmark)?.name).toBe('blocks')
  })

  test('neighbours are told with their number, the first by name', () => {
    const scene = network()
    expect(spokenNeighbours(scene, boxIn(scene, 'n:image'))).toBe('from nothing; to 1: Relu conv')
    expect(spokenNeighbours(scene, boxIn(scene, 'n:sum'))).toBe('from 2: Relu left, Relu right; to nothing')
    expect(spokenNeighbours(scene, boxIn(scene, 'g:frame'))).toBe('2 boxes inside')
    const many = [opBox('hub', 0, 0), ...['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => opBox(name, i * 120, 100))]
    const fan = sceneOf(many, edgesOf(many, 'hub>a', 'hub>b', 'hub>c', 'hub>d', 'hub>e', 'hub>f'))
    expect(spokenNeighbours(fan, many[0])).toBe('from nothing; to 6: Relu a, Relu b, Relu c, Relu d and 2 more')
  })
})

describe('the way of a tensor', () => {
  test('goes up to all it is made from and down to all that is made from it, and no further', () => {
    const scene = network()
    const trace = traceOf('left:0', 'n:left', lookupsOf(scene))
    expect([...trace.up].sort()).toEqual(['n:conv', 'n:image', 'n:left', 'n:relu'])
    expect([...trace.down]).toEqual(['n:sum'])
    expect([...trace.ownEdges]).toEqual(['left>sum'])
    expect([...trace.upEdges].sort()).toEqual(['conv>relu', 'image>conv', 'relu>left'])
    expect(trace.downEdges.size).toBe(0)
  })

  test('ends where data goes in a circle', () => {
    const boxes = [opBox('a', 0, 0), opBox('b', 0, 100)]
    const scene = sceneOf(boxes, edgesOf(boxes, 'a>b', 'b>a'))
    const trace = traceOf('a:0', 'n:a', lookupsOf(scene))
    expect([...trace.up].sort()).toEqual(['n:a', 'n:b'])
    expect([...trace.down].sort()).toEqual(['n:a', 'n:b'])
  })
})
