import type { Arrangement } from './arrange'
import type { Prepared, Seen, SeenBox, SeenEdge } from './boxes'
import { crossingKey } from './crossings'
import { nodesIn, type Group, type Item } from './grouping'
import { itemSize } from './sizes'
import type { Box, Edge, LaidOut, OutputPort, Point } from './types'

type Arrangements = ReadonlyMap<Group, Arrangement>

const origin: Point = { x: 0, y: 0 }

/** Puts the arrangements of groups into one another: absolute places of all boxes, and edges from end to end. */
export function positions(seen: Seen, arrangements: Arrangements, prepared: Prepared): Omit<LaidOut, 'arranged'> {
  const corners = new Map<string, Point>()
  const boxes = seen.boxes.map((box): Box => {
    const { item } = box
    const offset = (item.parent && arrangements.get(item.parent)?.places.get(item.id)) ?? origin
    const corner = plus(box.parent === null ? origin : (corners.get(box.parent) ?? origin), offset)
    corners.set(item.id, corner)
    return {
      id: item.id,
      kind: item.kind,
      name: item.kind === 'node' ? item.name : item.path,
      label: item.label,
      size: item.size,
      unfolded: box.unfolded,
      parent: box.parent,
      depth: box.depth,
      offset,
      ...corner,
      ...sizeOf(item, box, arrangements),
      outputs: [],
    }
  })
  const edges = seen.edges.map((edge) => draw(edge, arrangements, corners))
  const root = arrangements.get(prepared.grouping.root)
  return {
    boxes: withOutputs(boxes, seen, edges, prepared),
    edges,
    width: root?.width ?? 0,
    height: root?.height ?? 0,
  }
}

function sizeOf(item: Item, box: SeenBox, arrangements: Arrangements): { width: number; height: number } {
  const inside = box.unfolded && item.kind === 'group' ? arrangements.get(item) : undefined
  return inside ? { width: inside.width, height: inside.height } : itemSize(item)
}

function draw(
  { tensor, from, to, legs }: SeenEdge,
  arrangements: Arrangements,
  corners: ReadonlyMap<string, Point>,
): Edge {
  const points = legs.flatMap(({ group, crossing }) => {
    const corner = corners.get(group.id) ?? origin
    const route = arrangements.get(group)?.routes.get(crossingKey(crossing)) ?? []
    return route.map((point) => plus(point, corner))
  })
  return {
    id: `${from} ${to} ${tensor}`,
    tensor,
    from,
    to,
    points: points.filter((p, i) => i === 0 || !same(p, points[i - 1])),
  }
}

/** Adds to each box that is no frame where its tensors leave it: those that go on, and outputs of the graph. */
function withOutputs(boxes: readonly Box[], seen: Seen, edges: readonly Edge[], { results }: Prepared): Box[] {
  const ports = new Map<string, Map<string, OutputPort>>(boxes.map((box) => [box.id, new Map<string, OutputPort>()]))
  for (const { from, tensor, points } of edges) ports.get(from)?.set(tensor, { tensor, ...(points[0] ?? origin) })
  return boxes.map((box, i) => {
    if (box.unfolded) return box
    const known = ports.get(box.id) ?? new Map<string, OutputPort>()
    const { item } = seen.boxes[i]
    const ends = nodesIn(item).flatMap((node) => results.get(node.name) ?? [])
    const missing = ends.filter((tensor) => !known.has(tensor))
    if (known.size === 0 && missing.length === 0 && item.kind === 'node') missing.push(`${item.name}:0`)
    const step = box.width / (missing.length + 1)
    const added = missing.map((tensor, k) => ({ tensor, x: box.x + step * (k + 1), y: box.y + box.height }))
    return { ...box, outputs: [...known.values(), ...added] }
  })
}

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y })
const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y
