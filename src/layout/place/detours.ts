import type { Crossing } from '../group/border-crossings'
import type { Gaps } from './placement'
import type { Point } from '../types'

/** How far from a thing a line turns that goes against the flow, or round everything. */
export const turn = 14

/** How far a rank reaches along the flow. */
export interface Row {
  readonly top: number
  readonly bottom: number
}

/** A way and the ranks of its ends. */
export interface LongWay {
  readonly way: Crossing
  readonly from: number
  readonly to: number
}

interface Trip {
  readonly ways: LongWay[]
  first: number
  last: number
}

/** Leads long lines round everything, in lanes right of `rightmost`; ways of one tensor from one thing share a lane. */
export function goAround(
  ways: readonly LongWay[],
  rows: readonly Row[],
  rightmost: number,
  gaps: Gaps,
): Map<Crossing, readonly Point[]> {
  const trips = tripsOf(ways).sort((a, b) => a.first - b.first)
  /** The last rank that a lane is taken to. */
  const lanes: number[] = []
  const bends = new Map<Crossing, readonly Point[]>()
  for (const trip of trips) {
    const free = lanes.findIndex((taken) => taken < trip.first)
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = trip.last
    const x = rightmost + gaps.item + lane * gaps.line
    for (const { way, from, to } of trip.ways) {
      bends.set(way, [
        { x, y: rows[from].bottom + turn },
        { x, y: rows[to].top - turn },
      ])
    }
  }
  return bends
}

function tripsOf(ways: readonly LongWay[]): Trip[] {
  const trips = new Map<string, Trip>()
  for (const long of ways) {
    const { from, tensor } = long.way
    const key = `${from}\n${tensor}`
    const [first, last] = [Math.min(long.from, long.to), Math.max(long.from, long.to)]
    const trip = trips.get(key)
    if (trip) {
      trip.ways.push(long)
      trip.first = Math.min(trip.first, first)
      trip.last = Math.max(trip.last, last)
    } else trips.set(key, { ways: [long], first, last })
  }
  return [...trips.values()]
}
