import type { NumberedLink, Barrier } from './types'
import type { Child, Gaps } from './placement'

/** Lanes that stand side by side wider than this are set in waves, one below the other. */
const widest = 4800
const narrowestWave = 2400
const aspect = 1.6
/** Links on one side that make a thing a hub, from which lanes part. */
const hubLinks = 8
/** Things in a lane at most. */
const longestLane = 24

export interface Waves {
  readonly barriers: readonly Barrier[]
  /** Things from which lines pass the waves below: these are gathered beside them. */
  readonly gathered: ReadonlySet<number>
}

interface Lane {
  readonly things: number[]
  /** Hubs before and after it; it makes no difference which port of a frame. */
  readonly between: Set<string>
  width: number
}

/**
 * Where a hub fans out into many short lanes (a hundred branches between a Split and a Concat), sets them in waves of a
 * width that can be looked at. Lanes are what hangs together when hubs are taken away; those between the same hubs do not
 * depend on one another.
 * @param links along the flow
 * @param ranks of the things before
 */
export function wavesOfLanes(
  things: readonly Child[],
  links: readonly NumberedLink[],
  ranks: Int32Array,
  isPort: (thing: number) => boolean,
  gaps: Gaps,
): Waves {
  const barriers: Barrier[] = []
  const gathered = new Set<number>()
  if (!mayBeWide(things, ranks, gaps)) return { barriers, gathered }
  const clusters = new Map<string, Lane[]>()
  for (const lane of lanesOf(things, links, ranks, isPort, gaps)) {
    if (lane.things.length > longestLane || lane.between.size === 0) continue
    const key = [...lane.between].sort().join()
    const cluster = clusters.get(key)
    if (cluster) cluster.push(lane)
    else clusters.set(key, [lane])
  }
  for (const lanes of clusters.values()) {
    const waves = split(lanes, things, ranks, gaps)
    waves.slice(1).forEach((after, i) => barriers.push({ before: waves[i], after }))
    for (const wave of waves.slice(0, -1)) for (const thing of wave) gathered.add(thing)
  }
  return { barriers, gathered }
}

function mayBeWide(things: readonly Child[], ranks: Int32Array, gaps: Gaps): boolean {
  const widths = new Map<number, number>()
  things.forEach(({ width }, i) => widths.set(ranks[i], (widths.get(ranks[i]) ?? 0) + width + gaps.item))
  return Math.max(...widths.values()) > widest
}

function lanesOf(
  things: readonly Child[],
  links: readonly NumberedLink[],
  ranks: Int32Array,
  isPort: (thing: number) => boolean,
  gaps: Gaps,
): Lane[] {
  const into = new Int32Array(things.length)
  const outOf = new Int32Array(things.length)
  for (const { from, to } of links) {
    outOf[from] += 1
    into[to] += 1
  }
  const isHub = (thing: number) => isPort(thing) || into[thing] > hubLinks || outOf[thing] > hubLinks
  const leader = Int32Array.from(things, (_, i) => i)
  const find = (thing: number): number => {
    while (leader[thing] !== thing) thing = leader[thing] = leader[leader[thing]]
    return thing
  }
  for (const { from, to } of links) if (!isHub(from) && !isHub(to)) leader[find(to)] = find(from)

  const lanes = new Map<number, Lane>()
  things.forEach((_, thing) => {
    if (isHub(thing)) return
    const lane = lanes.get(find(thing))
    if (lane) lane.things.push(thing)
    else lanes.set(find(thing), { things: [thing], between: new Set(), width: 0 })
  })
  for (const { from, to } of links) {
    if (isHub(from) && !isHub(to)) lanes.get(find(to))?.between.add(`after ${isPort(from) ? 'border' : from}`)
    if (isHub(to) && !isHub(from)) lanes.get(find(from))?.between.add(`before ${isPort(to) ? 'border' : to}`)
  }
  for (const lane of lanes.values()) lane.width = widthOf(lane.things, things, ranks, gaps)
  return [...lanes.values()]
}

/** As wide as its widest rank. */
function widthOf(lane: readonly number[], things: readonly Child[], ranks: Int32Array, gaps: Gaps): number {
  const widths = new Map<number, number>()
  for (const thing of lane) {
    widths.set(ranks[thing], (widths.get(ranks[thing]) ?? 0) + things[thing].width + gaps.item)
  }
  return Math.max(...widths.values())
}

function split(lanes: readonly Lane[], things: readonly Child[], ranks: Int32Array, gaps: Gaps): number[][] {
  const total = lanes.reduce((sum, { width }) => sum + width, 0)
  if (total <= widest) return []
  const area = lanes.reduce((sum, lane) => sum + lane.width * heightOf(lane, things, ranks, gaps), 0)
  const wanted = Math.max(narrowestWave, Math.sqrt(area * aspect))
  // Waves of about the same width.
  const waveWidth = total / Math.ceil(total / wanted)
  const waves: number[][] = [[]]
  let width = 0
  for (const lane of lanes) {
    if (width > 0 && width + lane.width / 2 > waveWidth) {
      waves.push([])
      width = 0
    }
    waves[waves.length - 1].push(...lane.things)
    width += lane.width
  }
  return waves
}

function heightOf({ things: lane }: Lane, things: readonly Child[], ranks: Int32Array, gaps: Gaps): number {
  const heights = new Map<number, number>()
  for (const thing of lane) {
    heights.set(ranks[thing], Math.max(heights.get(ranks[thing]) ?? 0, things[thing].height + gaps.rank))
  }
  return [...heights.values()].reduce((sum, height) => sum + height, 0)
}
