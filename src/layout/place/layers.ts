import type { Crossing } from '../group/border-crossings'
import { portWidth, type Child } from './placement'

/** More dummy vertices than this are not made: the longest lines then go round everything. */
const mostDummies = 6000

/** A stretch of a line from one rank to the next; the offsets say where at its ends it is attached, from their middle. */
export interface Segment {
  readonly upper: number
  readonly lower: number
  readonly upperOffset: number
  readonly lowerOffset: number
  /** `passing` from dummy vertex to dummy vertex; `loose` is not to be straight. */
  readonly kind: 'main' | 'passing' | 'plain' | 'loose'
}

/** Things in ranks, with a dummy vertex in every rank that a line passes, so that lines run between neighbouring ranks only. */
export interface Layered {
  /** Across the flow, by vertex: things by their numbers, then dummy vertices, which are 0 wide. */
  readonly widths: readonly number[]
  readonly ranks: readonly number[]
  /** How many of the vertices are things. */
  readonly things: number
  /** Vertices of each rank; their order is to be improved. */
  readonly layers: number[][]
  /** By the rank they begin in. */
  readonly segments: readonly (readonly Segment[])[]
  /** The dummy vertices on a way, in its order. */
  readonly chains: ReadonlyMap<Crossing, readonly number[]>
  /** For a dummy vertex where a line turns against the flow: the thing it turns at. */
  readonly beside: ReadonlyMap<number, number>
  /** Ways that have no dummy vertices though they pass ranks: they go round everything. */
  readonly around: readonly Crossing[]
}

interface Growing extends Layered {
  readonly widths: number[]
  readonly ranks: number[]
  readonly segments: Segment[][]
  readonly chains: Map<Crossing, number[]>
  readonly beside: Map<number, number>
  readonly around: Crossing[]
}

interface Guides {
  /** The things' numbers, from which the order in each rank starts. */
  readonly order: readonly number[]
  /** The ways of the main path. */
  readonly main: ReadonlySet<Crossing>
  /** Things whose lines are gathered where they pass ranks, and not led straight. */
  readonly gathered: ReadonlySet<number>
}

/** Puts things into the layers of their ranks, with dummy vertices where lines pass one: for the short lines first. */
export function makeLayers(
  things: readonly Child[],
  ways: readonly Crossing[],
  ranks: Int32Array,
  { order, main, gathered }: Guides,
): Layered {
  const number = new Map(things.map(({ id }, i) => [id, i]))
  const count = ranks.reduce((most, rank) => Math.max(most, rank + 1), 0)
  const layered: Growing = {
    widths: things.map(({ width }) => width),
    ranks: [...ranks],
    things: things.length,
    layers: Array.from({ length: count }, () => []),
    segments: Array.from({ length: count }, () => []),
    chains: new Map(),
    beside: new Map(),
    around: [],
  }
  // Ports off the main path start right of it, so that skips tend to stay on that side from one frame to the next.
  const onMain = new Set([...main].flatMap(({ from, to }) => [from, to]))
  const aside = (thing: number) => things[thing].width <= portWidth && !onMain.has(things[thing].id)
  for (const thing of order) if (!aside(thing)) layered.layers[ranks[thing]].push(thing)
  for (const thing of order) if (aside(thing)) layered.layers[ranks[thing]].push(thing)

  const rankOf = (id: string) => ranks[number.get(id) ?? 0]
  const lines = linesOf(ways)
  for (const line of lines) line.ways.sort((a, b) => rankOf(a.to) - rankOf(b.to))
  const length = ({ from, ways }: TensorLine): number => {
    const at = rankOf(from)
    const [nearest, farthest] = [rankOf(ways[0].to), rankOf(ways[ways.length - 1].to)]
    return Math.max(0, farthest - at - 1) + Math.max(0, at - nearest + 1)
  }
  let room = mostDummies
  // Short lines first, in the order of the data where they are equally long.
  for (const line of lines.map((line) => ({ ...line, length: length(line) })).sort((a, b) => a.length - b.length)) {
    const from = number.get(line.from) ?? 0
    room -= line.length
    const makeDummies = room >= 0
    const forward = line.ways.filter(({ to }) => rankOf(to) > ranks[from])
    const back = line.ways.filter(({ to }) => rankOf(to) <= ranks[from]).reverse()
    layForward(layered, things, number, from, forward, main, makeDummies, gathered.has(from))
    if (makeDummies) layBack(layered, number, from, back)
    else layered.around.push(...back)
  }
  return layered
}

/** A tensor on its way from one thing to all that take it, which share a line for as long as they go together. */
interface TensorLine {
  readonly from: string
  readonly ways: Crossing[]
}

function linesOf(ways: readonly Crossing[]): TensorLine[] {
  const lines = new Map<string, Map<string, TensorLine>>()
  for (const way of ways) {
    let ofThing = lines.get(way.from)
    if (!ofThing) lines.set(way.from, (ofThing = new Map<string, TensorLine>()))
    const line = ofThing.get(way.tensor)
    if (line) line.ways.push(way)
    else ofThing.set(way.tensor, { from: way.from, ways: [way] })
  }
  return [...lines.values()].flatMap((ofThing) => [...ofThing.values()])
}

function layForward(
  layered: Growing,
  things: readonly Child[],
  number: ReadonlyMap<string, number>,
  from: number,
  ways: readonly Crossing[],
  main: ReadonlySet<Crossing>,
  makeDummies: boolean,
  gather: boolean,
): void {
  const { ranks, segments, chains } = layered
  const mainWay = ways.find((way) => main.has(way))
  const mainRank = mainWay ? ranks[number.get(mainWay.to) ?? 0] : -1
  const chain: number[] = []
  for (const way of ways) {
    const to = number.get(way.to) ?? 0
    const leaving = offset(things[from], things[from].exits, way.tensor)
    if (!makeDummies && ranks[to] > ranks[from] + 1) {
      layered.around.push(way)
      continue
    }
    while (ranks[from] + chain.length + 1 < ranks[to]) {
      const rank = ranks[from] + chain.length
      const dummy = addDummy(layered, rank + 1)
      const upper = chain.at(-1)
      segments[rank].push({
        upper: upper ?? from,
        lower: dummy,
        upperOffset: upper === undefined ? leaving : 0,
        lowerOffset: 0,
        kind: rank + 1 < mainRank ? 'main' : upper !== undefined ? 'passing' : gather ? 'loose' : 'plain',
      })
      chain.push(dummy)
    }
    const own = chain.slice(0, ranks[to] - ranks[from] - 1)
    const upper = own.at(-1)
    segments[ranks[to] - 1].push({
      upper: upper ?? from,
      lower: to,
      upperOffset: upper === undefined ? leaving : 0,
      lowerOffset: offset(things[to], things[to].entries, way.tensor),
      kind: way === mainWay ? 'main' : 'plain',
    })
    chains.set(way, own)
  }
}

/** Lines against the flow pass the ranks of both ends as well: they leave below a thing and come in above one. */
function layBack(layered: Growing, number: ReadonlyMap<string, number>, from: number, ways: readonly Crossing[]): void {
  const { ranks, segments, chains, beside } = layered
  const chain: number[] = []
  for (const way of ways) {
    const to = number.get(way.to) ?? 0
    while (chain.length < ranks[from] - ranks[to] + 1) {
      const rank = ranks[from] - chain.length
      const dummy = addDummy(layered, rank)
      const lower = chain.at(-1)
      if (lower !== undefined) {
        segments[rank].push({ upper: dummy, lower, upperOffset: 0, lowerOffset: 0, kind: 'passing' })
      }
      chain.push(dummy)
    }
    chains.set(way, [...chain])
    beside.set(chain[chain.length - 1], to)
  }
  if (chain.length > 0 && !beside.has(chain[0])) beside.set(chain[0], from)
}

function addDummy({ widths, ranks, layers }: Growing, rank: number): number {
  const dummy = widths.length
  widths.push(0)
  ranks.push(rank)
  layers[rank].push(dummy)
  return dummy
}

function offset(thing: Child, places: ReadonlyMap<string, number> | undefined, tensor: string): number {
  const place = places?.get(tensor)
  return place === undefined ? 0 : place - thing.width / 2
}

/** Of several tensors between two things, the one on the main path inside an unfolded group is on that outside. */
const innerMain = 0.01

/**
 * The ways of the main path: of all paths along the flow, the one past most operations.
 * @param order the things' numbers by rank
 */
export function mainPath(things: readonly Child[], ways: readonly Crossing[], ranks: Int32Array): Set<Crossing> {
  const number = new Map(things.map(({ id }, i) => [id, i]))
  const into: Crossing[][] = things.map(() => [])
  for (const way of ways) {
    const to = number.get(way.to)
    const from = number.get(way.from)
    if (to !== undefined && from !== undefined && ranks[to] > ranks[from]) into[to].push(way)
  }
  const best = things.map(({ size }) => size)
  const by: (Crossing | undefined)[] = things.map(() => undefined)
  let end = 0
  for (const thing of [...things.keys()].sort((a, b) => ranks[a] - ranks[b])) {
    for (const way of into[thing]) {
      const from = number.get(way.from) ?? 0
      const agrees = Number(things[from].mainExit === way.tensor) + Number(things[thing].mainEntry === way.tensor)
      const through = best[from] + things[thing].size + innerMain * agrees
      if (through <= best[thing]) continue
      best[thing] = through
      by[thing] = way
    }
    if (best[thing] > best[end]) end = thing
  }
  const main = new Set<Crossing>()
  for (let way = by[end]; way; way = by[number.get(way.from) ?? 0]) main.add(way)
  return main
}
