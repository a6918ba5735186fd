import type { Box, Edge, Rect } from './types'

/** React Flow gets no more boxes than this at a time. */
export const mostVisible = 300
/** Narrower than this on screen, what stands in a frame is not drawn. */
const narrowest = 5

/** A layout, or what was made of one: boxes may carry more than their place. */
interface Placed<B extends Box> {
  readonly boxes: readonly B[]
  readonly edges: readonly Edge[]
}

export interface Visible<B extends Box = Box> {
  readonly boxes: readonly B[]
  readonly edges: readonly Edge[]
  /** Frames whose inside is left out, to be drawn as flat rectangles. */
  readonly flat: ReadonlySet<string>
}

/**
 * What a viewport needs: boxes that touch it, outermost first and at most `mostVisible`, and the edges that pass it. If
 * there is too much, or it would be too small to see, what stands innermost is left out.
 * @param viewport in the layout's coordinates
 * @param zoom screen pixels for each pixel of the layout
 */
export function visibleBoxes<B extends Box>(layout: Placed<B>, viewport: Rect, zoom: number): Visible<B> {
  const bounds = boundsOf(layout)
  const levels: B[][] = []
  for (const i of touching(bounds.boxes, viewport)) (levels[layout.boxes[i].depth] ??= []).push(layout.boxes[i])
  const boxes: B[] = []
  let deepest = Infinity
  for (const [depth, level] of levels.entries()) {
    const legible = level.some((box) => box.width * zoom >= narrowest)
    if (depth > 0 && (boxes.length + level.length > mostVisible || !legible)) {
      deepest = depth - 1
      break
    }
    boxes.push(...(level.length > mostVisible ? nearest(level, viewport) : level))
  }
  const flat = new Set(boxes.filter((box) => box.unfolded && box.depth === deepest).map((box) => box.id))
  const passing = touching(bounds.edges, viewport).map((i) => layout.edges[i])
  return { boxes, edges: deepest === Infinity ? passing : between(passing, bounds.byId(), deepest), flat }
}

/** Edges between what is drawn when nothing deeper is; of those between the same two, one. */
function between(edges: readonly Edge[], byId: ReadonlyMap<string, Box>, deepest: number): Edge[] {
  const drawn = (id: string): string => {
    let box = byId.get(id)
    while (box && box.depth > deepest && box.parent !== null) box = byId.get(box.parent)
    return box?.id ?? id
  }
  const found = new Map<string, Edge>()
  for (const edge of edges) {
    const [from, to] = [drawn(edge.from), drawn(edge.to)]
    if (from !== to) found.set(`${from} ${to}`, edge)
  }
  return [...found.values()]
}

function nearest<B extends Box>(boxes: readonly B[], viewport: Rect): B[] {
  const middle = { x: viewport.x + viewport.width / 2, y: viewport.y + viewport.height / 2 }
  const distance = (box: B) => Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y)
  return boxes.toSorted((a, b) => distance(a) - distance(b)).slice(0, mostVisible)
}

/**
 * Left, top, right and bottom of each box and edge, packed. Going through all of them takes 0.1 ms for 20,000, less than a
 * grid would cost to build.
 */
interface Bounds {
  readonly boxes: Float64Array
  readonly edges: Float64Array
  /** Boxes by id, worked out when first asked for. */
  readonly byId: () => ReadonlyMap<string, Box>
}

const known = new WeakMap<Placed<Box>, Bounds>()

function boundsOf(layout: Placed<Box>): Bounds {
  const ready = known.get(layout)
  if (ready) return ready
  let byId: ReadonlyMap<string, Box> | undefined
  const bounds = {
    boxes: packBoxes(layout.boxes),
    edges: packEdges(layout.edges),
    byId: () => (byId ??= new Map(layout.boxes.map((box) => [box.id, box]))),
  }
  known.set(layout, bounds)
  return bounds
}

function packBoxes(boxes: readonly Rect[]): Float64Array {
  const packed = new Float64Array(4 * boxes.length)
  boxes.forEach(({ x, y, width, height }, i) => packed.set([x, y, x + width, y + height], 4 * i))
  return packed
}

function packEdges(edges: readonly Edge[]): Float64Array {
  const packed = new Float64Array(4 * edges.length)
  edges.forEach(({ points }, i) => {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const { x, y } of points) {
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    }
    packed.set([left, top, right, bottom], 4 * i)
  })
  return packed
}

/** Positions of the rectangles that touch an area. */
function touching(packed: Float64Array, { x, y, width, height }: Rect): number[] {
  const found: number[] = []
  for (let i = 0; i < packed.length; i += 4) {
    const apart = packed[i] > x + width || packed[i + 1] > y + height || packed[i + 2] < x || packed[i + 3] < y
    if (!apart) found.push(i / 4)
  }
  return found
}
