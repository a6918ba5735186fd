import type { Edge } from '../../layout/types'
import type { Port, Scene, SceneBox } from '../../view/scene/types'

/** What the view looks up about a scene; made once for each. */
export interface Lookups {
  readonly boxes: ReadonlyMap<string, SceneBox>
  /** Edges by the box they leave, and by the box they enter. */
  readonly leaving: ReadonlyMap<string, readonly Edge[]>
  readonly entering: ReadonlyMap<string, readonly Edge[]>
  /** Where a tensor leaves a box that is no frame. */
  readonly ports: ReadonlyMap<string, { readonly box: SceneBox; readonly port: Port }>
  /** Boxes as they are read: along the flow of the data, and across it where they stand side by side. */
  readonly order: readonly SceneBox[]
}

const known = new WeakMap<Scene, Lookups>()

/** Look-ups on a scene; linear in its size the first time, at once after that. */
export function lookupsOf(scene: Scene): Lookups {
  const ready = known.get(scene)
  if (ready) return ready
  const ports = new Map<string, { box: SceneBox; port: Port }>()
  for (const box of scene.boxes) {
    if (box.unfolded) continue
    for (const port of box.ports) ports.set(port.tensor, { box, port })
  }
  const lookups: Lookups = {
    boxes: new Map(scene.boxes.map((box) => [box.id, box])),
    leaving: grouped(scene.edges, (edge) => edge.from),
    entering: grouped(scene.edges, (edge) => edge.to),
    ports,
    order: scene.boxes.toSorted(byReading(scene.direction)),
  }
  known.set(scene, lookups)
  return lookups
}

/** Along the flow first; what is equal there, across it. */
export function byReading(direction: Scene['direction']): (a: SceneBox, b: SceneBox) => number {
  return direction === 'down' ? (a, b) => a.y - b.y || a.x - b.x : (a, b) => a.x - b.x || a.y - b.y
}

function grouped(edges: readonly Edge[], keyOf: (edge: Edge) => string): Map<string, Edge[]> {
  const found = new Map<string, Edge[]>()
  for (const edge of edges) {
    const list = found.get(keyOf(edge))
    if (list) list.push(edge)
    else found.set(keyOf(edge), [edge])
  }
  return found
}
