import type { Box, Edge, LaidOut, Rect } from './types'

/** React Flow gets no more boxes than this at a time. */
export const mostVisible = 300
/** Side of a grid cell, in pixels at zoom 1. */
const cell = 600
/** What covers more cells than this is kept in a list of its own. */
const mostCells = 40
/** Narrower than this on screen, what stands in a frame is not drawn. */
const narrowest = 5

export interface Visible {
  readonly boxes: readonly Box[]
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
export function visibleBoxes(layout: LaidOut, viewport: Rect, zoom: number): Visible {
  const index = indexOf(layout)
  const touching = index.boxes.touching(viewport)
  const levels: Box[][] = []
  for (const box of touching) (levels[box.depth] ??= []).push(box)
  const boxes: Box[] = []
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
  const passing = index.edges.touching(viewport).map(({ edge }) => edge)
  return { boxes, edges: deepest === Infinity ? passing : between(passing, index.byId, deepest), flat }
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

function nearest(boxes: readonly Box[], viewport: Rect): Box[] {
  const middle = { x: viewport.x + viewport.width / 2, y: viewport.y + viewport.height / 2 }
  const distance = (box: Box) => Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y)
  return boxes.toSorted((a, b) => distance(a) - distance(b)).slice(0, mostVisible)
}

interface Bounded {
  readonly bounds: Rect
  readonly edge: Edge
}

interface Index {
  readonly boxes: Grid<Box>
  readonly edges: Grid<Bounded>
  readonly byId: ReadonlyMap<string, Box>
}

const indexes = new WeakMap<LaidOut, Index>()

function indexOf(layout: LaidOut): Index {
  const ready = indexes.get(layout)
  if (ready) return ready
  const bounded = layout.edges.map((edge) => ({ edge, bounds: boundsOf(edge) }))
  const index = {
    boxes: makeGrid(layout.boxes, (box) => box),
    edges: makeGrid(bounded, ({ bounds }) => bounds),
    byId: new Map(layout.boxes.map((box) => [box.id, box])),
  }
  indexes.set(layout, index)
  return index
}

function boundsOf({ points }: Edge): Rect {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

interface Grid<T> {
  /** In the order they were given. */
  touching(area: Rect): T[]
}

function makeGrid<T>(things: readonly T[], rectOf: (thing: T) => Rect): Grid<T> {
  const cells = new Map<string, number[]>()
  const large: number[] = []
  things.forEach((thing, position) => {
    const keys = cellsOf(rectOf(thing))
    if (keys === null) large.push(position)
    for (const key of keys ?? []) {
      const known = cells.get(key)
      if (known) known.push(position)
      else cells.set(key, [position])
    }
  })
  return {
    touching(area) {
      const keys = cellsOf(area, Infinity) ?? []
      const inCells =
        keys.length > cells.size ? [...cells.values()].flat() : keys.flatMap((key) => cells.get(key) ?? [])
      const found = new Set([...large, ...inCells])
      return [...found].sort((a, b) => a - b).flatMap((i) => (touch(rectOf(things[i]), area) ? [things[i]] : []))
    },
  }
}

/** Keys of the cells a rectangle lies in; null for more than `most`. */
function cellsOf({ x, y, width, height }: Rect, most = mostCells): string[] | null {
  const [left, right] = [Math.floor(x / cell), Math.floor((x + width) / cell)]
  const [top, bottom] = [Math.floor(y / cell), Math.floor((y + height) / cell)]
  if ((right - left + 1) * (bottom - top + 1) > most) return null
  const keys: string[] = []
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) keys.push(`${column},${row}`)
  }
  return keys
}

function touch(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}
