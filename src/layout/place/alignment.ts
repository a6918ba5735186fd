import type { Layered, Segment } from './layers'

/** Vertices on one straight line along the flow, one in each rank that it passes. */
export interface Blocks {
  /** The block of each vertex. */
  readonly blockOf: Int32Array
  readonly count: number
  /** Where each vertex's middle stands from the middle of its block. */
  readonly shifts: Float64Array
  /** The block of the main path. */
  readonly main: number | null
}

/**
 * Chooses which segments are to be straight, so that none of them cross: first those of the main path, then lines that
 * pass ranks, then those between things with nothing else above or below them, then those to the middle of several.
 */
export function alignBlocks(layered: Layered): Blocks {
  const chosen = chooseStraight(layered)
  const count = layered.widths.length
  const blockOf = new Int32Array(count).fill(-1)
  const shifts = new Float64Array(count)
  const below = new Map(chosen.map((segment) => [segment.upper, segment]))
  let blocks = 0
  // Ranks come from above, so the upper end of a chain is met first.
  for (const start of layered.layers.flat()) {
    if (blockOf[start] >= 0) continue
    blockOf[start] = blocks
    for (let segment = below.get(start); segment; segment = below.get(segment.lower)) {
      blockOf[segment.lower] = blocks
      shifts[segment.lower] = shifts[segment.upper] + segment.upperOffset - segment.lowerOffset
    }
    blocks += 1
  }
  const main = chosen.find((segment) => segment.kind === 'main')
  return { blockOf, count: blocks, shifts, main: main ? blockOf[main.upper] : null }
}

function chooseStraight(layered: Layered): Segment[] {
  const places = new Map<number, number>()
  for (const layer of layered.layers) layer.forEach((vertex, place) => places.set(vertex, place))
  const place = (vertex: number) => places.get(vertex) ?? 0
  const chosen: Segment[] = []
  for (const segments of layered.segments) {
    const straight = new Corridor()
    for (const segment of byUrgency(segments, place)) {
      if (straight.take(place(segment.upper), place(segment.lower))) chosen.push(segment)
    }
  }
  return chosen
}

/** The segments between two ranks that may become straight, the most urgent first. */
function byUrgency(segments: readonly Segment[], place: (vertex: number) => number): Segment[] {
  const ofUpper = gather(segments, 'upper', (segment) => place(segment.lower) + 1e-3 * segment.lowerOffset)
  const ofLower = gather(segments, 'lower', (segment) => place(segment.upper) + 1e-3 * segment.upperOffset)
  const urgency = (segment: Segment): number => {
    if (segment.kind === 'main') return 4
    if (segment.kind === 'passing') return 3
    if (segment.kind === 'loose') return 0
    const [down, up] = [ofUpper.get(segment.upper) ?? [], ofLower.get(segment.lower) ?? []]
    if (!inMiddle(down, segment) || !inMiddle(up, segment)) return 0
    return down.length === 1 && up.length === 1 ? 2 : 1
  }
  return segments
    .map((segment) => ({ segment, urgency: urgency(segment) }))
    .filter(({ urgency }) => urgency > 0)
    .sort((a, b) => b.urgency - a.urgency)
    .map(({ segment }) => segment)
}

function gather(
  segments: readonly Segment[],
  end: 'upper' | 'lower',
  along: (segment: Segment) => number,
): Map<number, Segment[]> {
  const found = new Map<number, Segment[]>()
  for (const segment of segments) {
    const known = found.get(segment[end])
    if (known) known.push(segment)
    else found.set(segment[end], [segment])
  }
  for (const list of found.values()) list.sort((a, b) => along(a) - along(b))
  return found
}

function inMiddle(segments: readonly Segment[], segment: Segment): boolean {
  const last = segments.length - 1
  return segments[last >> 1] === segment || segments[(last + 1) >> 1] === segment
}

/** The straight segments between two ranks, in order; each takes one place above and one below. */
class Corridor {
  readonly #upper: number[] = []
  readonly #lower: number[] = []

  /** Takes a segment if it crosses none and shares no end with one. */
  take(upper: number, lower: number): boolean {
    let at = 0
    let end = this.#upper.length
    while (at < end) {
      const middle = (at + end) >> 1
      if (this.#upper[middle] < upper) at = middle + 1
      else end = middle
    }
    if (this.#upper.at(at) === upper && at < this.#upper.length) return false
    if (at > 0 && this.#lower[at - 1] >= lower) return false
    if (at < this.#lower.length && this.#lower[at] <= lower) return false
    this.#upper.splice(at, 0, upper)
    this.#lower.splice(at, 0, lower)
    return true
  }
}
