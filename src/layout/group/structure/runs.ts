import type { Item } from '../grouping'

/** Into about how many runs a group is split. */
const runsWanted = 40
const shortestRun = 8

/**
 * Where to end runs of items in the order of the data: positions after the last item of each. A run ends where few
 * tensors pass from one item to the next, which is where blocks of a network end.
 * @param costs what it costs to end a run before each position, counted from `offset` on
 */
export function endsOfRuns(items: readonly Item[], costs: Float64Array, offset: number): number[] {
  const length = Math.max(shortestRun, Math.ceil(items.length / runsWanted))
  const ends: number[] = []
  for (let start = 0; start < items.length; start = ends[ends.length - 1]) {
    ends.push(endOfRun(start, length, items.length, costs, offset))
  }
  return ends
}

/** The end, in [½, 1½] times the wanted length, past which it costs least; the nearest to the wanted one. */
function endOfRun(start: number, length: number, total: number, costs: Float64Array, offset: number): number {
  if (total - start <= 1.5 * length) return total
  let best = start + length
  const cost = (end: number) => costs[offset + end] + Math.abs(end - start - length) / (2 * length)
  for (let end = start + Math.ceil(length / 2); end <= start + Math.floor(1.5 * length); end++) {
    if (cost(end) < cost(best)) best = end
  }
  return best
}
