import type { Edge } from '../../layout/types'
import type { Port, Scene, SceneBox } from '../../view/scene/types'

/** A port of a box, at the middle of its lower border. */
const portOf = (tensor: string, x: number, y: number): Port => ({
  tensor,
  x,
  y,
  shape: '8×8×4',
  dtype: 'float32',
  canCut: true,
  why: null,
  recommended: false,
  marked: false,
})

/** An operation's box, 100 × 40, that makes one tensor. */
export function opBox(name: string, x: number, y: number, change: Partial<SceneBox> = {}): SceneBox {
  const ports = [portOf(`${name}:0`, x + 50, y + 40)]
  return {
    id: `n:${name}`,
    kind: 'node',
    name,
    label: name,
    size: 1,
    unfolded: false,
    parent: null,
    depth: 0,
    offset: { x, y },
    outputs: ports,
    look: 'op',
    title: 'Relu',
    lines: [],
    spoken: `Relu, ${name}`,
    titleRows: 1,
    nested: false,
    categories: [{ category: 'activation', share: 1 }],
    blocked: 0,
    cost: null,
    ports,
    ...{ x, y, width: 100, height: 40 },
    ...change,
  }
}

/** The frame of an unfolded group. */
export function frameBox(path: string, x: number, y: number, width: number, height: number): SceneBox {
  const change = {
    id: `g:${path}`,
    kind: 'group',
    look: 'scope',
    unfolded: true,
    title: path,
    outputs: [],
    ports: [],
  } as const
  return opBox(path, x, y, { ...change, width, height })
}

/** Straight edges, written `from>to`. */
export function edgesOf(boxes: readonly SceneBox[], ...ways: readonly string[]): Edge[] {
  const byName = new Map(boxes.map((box) => [box.name, box]))
  return ways.map((way) => {
    const [from, to] = way.split('>').map((name) => byName.get(name))
    if (!from || !to) throw new Error(`no boxes for ${way}`)
    const points = [
      { x: from.x + 50, y: from.y + 40 },
      { x: to.x + 50, y: to.y },
    ]
    return { id: way, tensor: `${from.name}:0`, from: from.id, to: to.id, points, spans: 1 }
  })
}

/** A scene of these boxes and edges, just large enough for them, flowing down and without marks. */
export function sceneOf(boxes: readonly SceneBox[], edges: readonly Edge[], change: Partial<Scene> = {}): Scene {
  return {
    boxes,
    edges,
    width: Math.max(...boxes.map((box) => box.x + box.width)),
    height: Math.max(...boxes.map((box) => box.y + box.height)),
    direction: 'down',
    marks: { lit: null, cutInside: [], distance: {} },
    complete: true,
    ...change,
  }
}
