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
  const boxes: B[] = []
  let deepest = Infinity
  for (const [depth, { positions, packed }] of bounds.levels.entries()) {
    const level = touching(packed, viewport).map((i) => layout.boxes[positions[i]])
    if (level.length === 0) break
    const legible = level.some((box) => box.width * zoom >= narrowest)
    if (depth > 0 && (boxes.length + level.length > mostVisible || !legible)) {
      deepest = depth - 1
      break
    }
    boxes.push(...(level.length > mostVisible ? nearest(level, viewport) : level))
  }
  const flat = new Set(boxes.filter((box) => box.unfolded && box.depth === deepest).map((box) => box.id))
  const { edges, packed } = bounds.edgesAt(deepest)
  return { boxes, edges: touching(packed, viewport).map((i) => edges[i]), flat }
}

/** Edges between what is drawn when nothing deeper is; of those between the same two, one. */
function between({ boxes, edges }: Placed<Box>, deepest: number): Edge[] {
  const byId = new Map(boxes.map((box) => [box.id, box]))
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
  /** By depth: where the boxes stand in the layout's list. */
  readonly levels: readonly { readonly positions: readonly number[]; readonly packed: Float64Array }[]
  /** The edges drawn when nothing deeper than this is; worked out when first asked for. */
  readonly edgesAt: (deepest: number) => PackedEdges
}

interface PackedEdges {
  readonly edges: readonly Edge[]
  readonly packed: Float64Array
}

const known = new WeakMap<Placed<Box>, Bounds>()

function boundsOf(layout: Placed<Box>): Bounds {
  const ready = known.get(layout)
  if (ready) return ready
  const positions: number[][] = []
  layout.boxes.forEach(({ depth }, i) => (positions[depth] ??= []).push(i))
  const levels = new Map<number, PackedEdges>()
  const bounds = {
    levels: positions.map((ofLevel) => ({
      positions: ofLevel,
      packed: packBoxes(ofLevel.map((i) => layout.boxes[i])),
    })),
    edgesAt(deepest: number) {
      let level = levels.get(deepest)
      if (!level) {
        const edges = deepest === Infinity ? layout.edges : between(layout, deepest)
        levels.set(deepest, (level = { edges, packed: packEdges(edges) }))
      }
      return level
    },
  }
  known.set(layout, bounds)
  return bounds
}

function packBoxes(boxes: readonly Rect[]): Float64Array {
  const packed = new Float64Array(4 * boxes.length)
  boxes.forEach(({ x, y, width, height }, i) => {
    pack(packed, i, x, y, x + width, y + height)
  })
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
    pack(packed, i, left, top, right, bottom)
  })
  return packed
}

function pack(packed: Float64Array, i: number, left: number, top: number, right: number, bottom: number): void {
  packed[4 * i] = left
  packed[4 * i + 1] = top
  packed[4 * i + 2] = right
  packed[4 * i + 3] = bottom
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
