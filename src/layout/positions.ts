import type { Arrangement } from './arrange'
import type { PreparedGrouping, SeenBoxes, SeenBox, SeenEdge } from './boxes'
import type { Group, Item } from './group/grouping'
import { itemSize } from './sizes'
import type { Box, Direction, Edge, LaidOut, OutputPort, Point, Rect } from './types'

type Arrangements = ReadonlyMap<Group, Arrangement>

const origin: Point = { x: 0, y: 0 }

/** Puts the arrangements of groups into one another: absolute places of all boxes, and edges from end to end. */
export function positions(
  seen: SeenBoxes,
  arrangements: Arrangements,
  prepared: PreparedGrouping,
  direction: Direction,
): Omit<LaidOut, 'arranged'> {
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
    boxes: withOutputs(boxes, seen, edges, prepared, direction),
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
  const points: Point[] = []
  let spans = 1
  for (const { group, crossing } of legs) {
    const corner = corners.get(group.id) ?? origin
    const arrangement = arrangements.get(group)
    for (const point of arrangement?.routes.get(crossing) ?? []) {
      const placed = plus(point, corner)
      if (points.length === 0 || !same(placed, points[points.length - 1])) points.push(placed)
    }
    const span = arrangement?.spans.get(crossing) ?? 1
    if (span < 1 ? span < spans : spans > 0 && span > spans) spans = span
  }
  return { id: `${from} ${to} ${tensor}`, tensor, from, to, points, spans }
}

/** Adds to each box that is no frame where its tensors leave it: those that go on, and outputs of the graph. */
function withOutputs(
  boxes: readonly Box[],
  seen: SeenBoxes,
  edges: readonly Edge[],
  { results }: PreparedGrouping,
  direction: Direction,
): Box[] {
  const ports = new Map<string, Map<string, OutputPort>>()
  for (const { from, tensor, points } of edges) {
    const port = { tensor, ...(points[0] ?? origin) }
    const known = ports.get(from)
    if (known) known.set(tensor, port)
    else ports.set(from, new Map([[tensor, port]]))
  }
  return boxes.map((box, i) => {
    if (box.unfolded) return box
    const { item } = seen.boxes[i]
    const known = [...(ports.get(box.id)?.values() ?? [])]
    const missing = (results.get(item) ?? []).filter((tensor) => !known.some((port) => port.tensor === tensor))
    if (known.length === 0 && missing.length === 0 && item.kind === 'node') missing.push(`${item.name}:0`)
    return { ...box, outputs: [...known, ...spreadPorts(box, missing, direction)] }
  })
}

/** Places on the border at which data leaves a box, for tensors that nothing seen takes. */
function spreadPorts(box: Rect, tensors: readonly string[], direction: Direction): OutputPort[] {
  return tensors.map((tensor, i) => {
    const part = (i + 1) / (tensors.length + 1)
    return direction === 'down'
      ? { tensor, x: box.x + part * box.width, y: box.y + box.height }
      : { tensor, x: box.x + box.width, y: box.y + part * box.height }
  })
}

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y })
const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y
