import { portWidth, type Gaps } from './placement'
import type { Blocks } from './alignment'
import type { Layered } from './layers'

const rounds = 12

/** A block seen from another: where it wants that one to be, from its own place. */
interface Pull {
  readonly block: number
  readonly distance: number
  readonly weight: number
}

/** Two neighbours in a rank: `right` stands at least so far from `left`, measured between their blocks' middles. */
interface Apart {
  readonly block: number
  readonly distance: number
}

interface Neighbourhood {
  readonly left: readonly (readonly Apart[])[]
  readonly right: readonly (readonly Apart[])[]
  readonly pulls: readonly (readonly Pull[])[]
}

/**
 * The middles of all vertices across the flow. Blocks start as far left as their neighbours let them, then move to the
 * middle of what they hang on as far as there is room; the main path stays where it is, with the others at its sides.
 */
export function placeAcross(layered: Layered, blocks: Blocks, gaps: Gaps): Float64Array {
  const around = neighbourhood(layered, blocks, gaps)
  const order = fromLeft(around, blocks.count)
  const x = new Float64Array(blocks.count)
  for (const block of order) x[block] = leftLimit(around, block, x, 0)
  const limited = { around, x }
  for (let round = 0; round < rounds; round++) {
    for (let i = order.length - 1; i >= 0; i--) {
      if (order[i] !== blocks.main) moveRight(limited, order[i])
    }
    for (const block of order) if (block !== blocks.main) moveLeft(limited, block)
  }
  return Float64Array.from(layered.widths, (_, vertex) => x[blocks.blockOf[vertex]] + blocks.shifts[vertex])
}

function neighbourhood(layered: Layered, { blockOf, shifts, count }: Blocks, gaps: Gaps): Neighbourhood {
  const left: Apart[][] = Array.from({ length: count }, () => [])
  const right: Apart[][] = Array.from({ length: count }, () => [])
  const pulls: Pull[][] = Array.from({ length: count }, () => [])
  const isLine = (vertex: number) => layered.widths[vertex] <= portWidth
  for (const layer of layered.layers) {
    for (let i = 1; i < layer.length; i++) {
      const [a, b] = [layer[i - 1], layer[i]]
      const gap = isLine(a) && isLine(b) ? gaps.line : gaps.item
      const distance = (layered.widths[a] + layered.widths[b]) / 2 + gap + shifts[a] - shifts[b]
      left[blockOf[b]].push({ block: blockOf[a], distance })
      right[blockOf[a]].push({ block: blockOf[b], distance })
    }
  }
  for (const { upper, lower, upperOffset, lowerOffset, kind } of layered.segments.flat()) {
    const [above, below] = [blockOf[upper], blockOf[lower]]
    if (above === below) continue
    const distance = shifts[upper] + upperOffset - shifts[lower] - lowerOffset
    const weight = kind === 'main' ? 4 : 1
    pulls[below].push({ block: above, distance, weight })
    pulls[above].push({ block: below, distance: -distance, weight })
  }
  for (const [dummy, thing] of layered.beside) {
    pulls[blockOf[dummy]].push({ block: blockOf[thing], distance: shifts[thing] - shifts[dummy], weight: 1 })
  }
  return { left, right, pulls }
}

/** The blocks, each after all that stand left of it. Straight segments do not cross, so there is such an order. */
function fromLeft({ left, right }: Neighbourhood, count: number): number[] {
  const waiting = Int32Array.from(left, (neighbours) => neighbours.length)
  const order: number[] = []
  for (let block = 0; block < count; block++) if (waiting[block] === 0) order.push(block)
  // `order` grows while it is walked.
  for (const block of order) {
    for (const { block: next } of right[block]) if (--waiting[next] === 0) order.push(next)
  }
  return order
}

function leftLimit({ left }: Neighbourhood, block: number, x: Float64Array, least: number): number {
  let limit = least
  for (const { block: neighbour, distance } of left[block]) limit = Math.max(limit, x[neighbour] + distance)
  return limit
}

interface Limited {
  readonly around: Neighbourhood
  readonly x: Float64Array
}

function moveRight({ around, x }: Limited, block: number): void {
  const wanted = wantedPlace(around.pulls[block], x)
  if (wanted === null || wanted <= x[block]) return
  let limit = wanted
  for (const { block: neighbour, distance } of around.right[block]) limit = Math.min(limit, x[neighbour] - distance)
  x[block] = Math.max(x[block], limit)
}

function moveLeft({ around, x }: Limited, block: number): void {
  const wanted = wantedPlace(around.pulls[block], x)
  if (wanted === null || wanted >= x[block]) return
  x[block] = Math.min(x[block], leftLimit(around, block, x, wanted))
}

/** The weighted median of where others want a block, the middle of it where there are two; null if nothing pulls. */
function wantedPlace(pulls: readonly Pull[], x: Float64Array): number | null {
  if (pulls.length === 0) return null
  const wishes = pulls.map(({ block, distance, weight }) => ({ at: x[block] + distance, weight }))
  wishes.sort((a, b) => a.at - b.at)
  const half = wishes.reduce((sum, { weight }) => sum + weight, 0) / 2
  let passed = 0
  for (let i = 0; i < wishes.length; i++) {
    passed += wishes[i].weight
    if (passed === half && i + 1 < wishes.length) return (wishes[i].at + wishes[i + 1].at) / 2
    if (passed > half) return wishes[i].at
  }
  return wishes[wishes.length - 1].at
}
