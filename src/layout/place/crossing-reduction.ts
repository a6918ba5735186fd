import type { Layered, Segment } from './layers'

/** Sweeps over the ranks for a group of usual size, and for a large one. */
const sweeps = 16
const fewSweeps = 4
const large = 2500
/** Above this many vertices neighbours are not exchanged one by one. */
const mostExchanged = 3000
/** How much worse it is to cross the main path than another line. */
const mainWeight = 3

/** The end of a segment as another vertex sees it. */
interface SegmentEnd {
  readonly vertex: number
  /** Where on the vertex, from -0.5 (left) to 0.5. */
  readonly at: number
  readonly weight: number
}

type Ends = readonly (readonly SegmentEnd[])[]

interface Ordering {
  readonly layered: Layered
  readonly above: Ends
  readonly below: Ends
  /** Place of each vertex in its rank. */
  readonly places: Float64Array
}

/**
 * Orders each rank so that few lines cross: ranks are sorted by the middle of what their vertices hang on, down and up in
 * turn (Sugiyama's barycentre method), the best order found is kept, and neighbours are exchanged where that saves a crossing.
 */
export function reduceCrossings(layered: Layered): void {
  const ordering = prepareOrdering(layered)
  const { layers } = layered
  let best = layers.map((layer) => layer.slice())
  let fewest = crossingsOf(ordering)
  const total = layered.widths.length
  const count = total > large ? fewSweeps : sweeps
  for (let sweep = 0; sweep < count && fewest > 0; sweep++) {
    const down = sweep % 2 === 0
    const toRight = sweep % 4 >= 2
    for (let i = 1; i < layers.length; i++) {
      sortLayer(ordering, down ? i : layers.length - 1 - i, down ? ordering.above : ordering.below, toRight)
    }
    if (total <= mostExchanged) exchange(ordering)
    const crossings = crossingsOf(ordering)
    if (crossings >= fewest) continue
    fewest = crossings
    best = layers.map((layer) => layer.slice())
  }
  layers.forEach((layer, rank) => layer.splice(0, layer.length, ...best[rank]))
}

function prepareOrdering(layered: Layered): Ordering {
  const above: SegmentEnd[][] = layered.widths.map(() => [])
  const below: SegmentEnd[][] = layered.widths.map(() => [])
  for (const segment of layered.segments.flat()) {
    const weight = segment.kind === 'main' ? mainWeight : 1
    const upper = { vertex: segment.upper, at: part(segment.upperOffset, layered.widths[segment.upper]), weight }
    const lower = { vertex: segment.lower, at: part(segment.lowerOffset, layered.widths[segment.lower]), weight }
    above[segment.lower].push(upper)
    below[segment.upper].push(lower)
  }
  const ordering = { layered, above, below, places: new Float64Array(layered.widths.length) }
  for (const layer of layered.layers) renumber(ordering, layer)
  return ordering
}

const part = (offset: number, width: number): number => (width > 0 ? (0.98 * offset) / width : 0)

function renumber({ places }: Ordering, layer: readonly number[]): void {
  layer.forEach((vertex, place) => (places[vertex] = place))
}

/** Sorts a rank by the middles of its vertices' ends; vertices with none keep their place. */
function sortLayer(ordering: Ordering, rank: number, ends: Ends, toRight: boolean): void {
  const { places, layered } = ordering
  const layer = layered.layers[rank]
  const middles = new Map<number, number>()
  for (const vertex of layer) {
    const middle = middleOf(ends[vertex], places)
    if (middle !== null) middles.set(vertex, middle)
  }
  const bound = layer.filter((vertex) => middles.has(vertex))
  const middle = (vertex: number) => middles.get(vertex) ?? 0
  const equal = toRight ? -1 : 1
  bound.sort((a, b) => middle(a) - middle(b) || equal * (places[a] - places[b]))
  let next = 0
  layer.forEach((vertex, place) => {
    if (middles.has(vertex)) layer[place] = bound[next++]
  })
  renumber(ordering, layer)
  turnBeside(ordering, layer)
}

/** A dummy vertex where a line turns against the flow goes to the side of the thing at which it turns. */
function turnBeside(ordering: Ordering, layer: number[]): void {
  const { places, layered } = ordering
  if (layered.beside.size === 0) return
  const wanted = new Map(layer.map((vertex) => [vertex, places[vertex]]))
  let any = false
  for (const vertex of layer) {
    const thing = layered.beside.get(vertex)
    if (thing === undefined || layered.ranks[thing] !== layered.ranks[vertex]) continue
    const side = places[vertex] < places[thing] ? -0.5 : 0.5
    wanted.set(vertex, places[thing] + side)
    any = true
  }
  if (!any) return
  layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0))
  renumber(ordering, layer)
}

function middleOf(ends: readonly SegmentEnd[], places: Float64Array): number | null {
  let sum = 0
  let weights = 0
  for (const { vertex, at, weight } of ends) {
    sum += weight * (places[vertex] + at)
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}

/** Exchanges neighbours in a rank for as long as that saves crossings with both ranks beside it. */
function exchange(ordering: Ordering): void {
  const { layered, above, below } = ordering
  for (const layer of layered.layers) {
    for (let round = 0, changed = true; changed && round < 4; round++) {
      changed = false
      for (let i = 0; i + 1 < layer.length; i++) {
        const [left, right] = [layer[i], layer[i + 1]]
        const saved =
          savedByExchange(above[left], above[right], ordering.places) +
          savedByExchange(below[left], below[right], ordering.places)
        if (saved <= 0) continue
        layer[i] = right
        layer[i + 1] = left
        changed = true
      }
    }
    renumber(ordering, layer)
  }
}

/** Above this many pairs of lines an exchange is not worked out. */
const mostPairs = 400

function savedByExchange(left: readonly SegmentEnd[], right: readonly SegmentEnd[], places: Float64Array): number {
  if (left.length * right.length > mostPairs) return 0
  let saved = 0
  for (const a of left) {
    for (const b of right) {
      const between = places[a.vertex] + a.at - places[b.vertex] - b.at
      saved += Math.sign(between) * a.weight * b.weight
    }
  }
  return saved
}

/** Crossings between all ranks, those with the main path counted several times. */
function crossingsOf({ layered, places }: Ordering): number {
  return layered.segments.reduce((sum, segments) => sum + crossingsBetween(segments, layered.widths, places), 0)
}

/** Counts inversions with a tree of sums (Barth, Jünger and Mutzel): m log m for m segments. */
function crossingsBetween(segments: readonly Segment[], widths: readonly number[], places: Float64Array): number {
  if (segments.length < 2) return 0
  const ends = segments.map(({ upper, lower, upperOffset, lowerOffset, kind }) => ({
    upper: places[upper] + part(upperOffset, widths[upper]),
    lower: places[lower] + part(lowerOffset, widths[lower]),
    weight: kind === 'main' ? mainWeight : 1,
    index: 0,
  }))
  ends.sort((a, b) => a.lower - b.lower)
  ends.forEach((end, i) => (end.index = i > 0 && end.lower === ends[i - 1].lower ? ends[i - 1].index : i))
  ends.sort((a, b) => a.upper - b.upper || a.lower - b.lower)
  const sums = new Float64Array(ends.length + 1)
  let total = 0
  let crossings = 0
  for (const { index, weight } of ends) {
    let notAfter = 0
    for (let i = index + 1; i > 0; i -= i & -i) notAfter += sums[i]
    crossings += weight * (total - notAfter)
    for (let i = index + 1; i <= ends.length; i += i & -i) sums[i] += weight
    total += weight
  }
  return crossings
}
