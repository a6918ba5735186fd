import type { Crossing } from './crossings'
import { fill, newGroup, type Group, type Item } from './grouping'
import { flowOrder } from './order'

/** A group with more items than this is split into runs: laying it out would take too long, and nobody could read it. */
export const widestGroup = 140
/** Into about how many runs a group is split. */
const runsWanted = 40
const shortestRun = 8

/**
 * Splits a group's items, in the order of the data, into runs that are groups themselves; runs that are still too wide
 * are split again. A run ends where few tensors pass from one item to the next, which is where blocks of a network end.
 */
export function splitIntoRuns(group: Group, crossings: readonly Crossing[], made: (run: Group) => void): void {
  const byId = new Map(group.items.map((item) => [item.id, item]))
  const order = flowOrder([...byId.keys()], crossings).flatMap((id) => byId.get(id) ?? [])
  splitRange(group, order, costsOfEnding(order, crossings), 0, made)
}

/** Where the paths of a block part: worth a little less than one tensor that passes. */
const partingBonus = 0.5

/**
 * What it costs to end a run before position i, by i: the tensors that pass there, less a bonus where the one made last
 * goes several ways, as it does where a block with a skip connection begins.
 */
function costsOfEnding(order: readonly Item[], crossings: readonly Crossing[]): number[] {
  const position = new Map(order.map((item, i) => [item.id, i]))
  const lives = new Map<string, { first: number; last: number; uses: number }>()
  for (const { tensor, from, to } of crossings) {
    const first = position.get(from)
    const last = position.get(to)
    if (first === undefined || last === undefined || last <= first) continue
    const life = lives.get(tensor)
    lives.set(tensor, { first, last: Math.max(life?.last ?? 0, last), uses: (life?.uses ?? 0) + 1 })
  }
  const change = new Array<number>(order.length + 1).fill(0)
  const bonus = new Array<number>(order.length + 1).fill(0)
  for (const { first, last, uses } of lives.values()) {
    change[first + 1] += 1
    change[last + 1] -= 1
    if (uses > 1) bonus[first + 1] = partingBonus
  }
  let passing = 0
  return change.map((step, i) => (passing += step) - bonus[i])
}

/** `offset` is where `items` begin in the list that `costs` counts by. */
function splitRange(
  group: Group,
  items: readonly Item[],
  costs: readonly number[],
  offset: number,
  made: (run: Group) => void,
): void {
  const length = Math.max(shortestRun, Math.ceil(items.length / runsWanted))
  const runs: Group[] = []
  for (let start = 0; start < items.length;) {
    const end = endOfRun(start, length, items.length, costs, offset)
    const run = newGroup(`${group.path}#${runs.length + 1}`, '', 'run')
    const inside = items.slice(start, end)
    run.label = `${titleOf(inside[0])} … ${titleOf(inside[inside.length - 1])}`
    fill(run, inside)
    made(run)
    if (inside.length > widestGroup) splitRange(run, inside, costs, offset + start, made)
    runs.push(run)
    start = end
  }
  fill(group, runs)
}

/** The end, in [½, 1½] times the wanted length, past which it costs least; the nearest to the wanted one. */
function endOfRun(start: number, length: number, total: number, costs: readonly number[], offset: number): number {
  if (total - start <= 1.5 * length) return total
  let best = start + length
  const cost = (end: number) => costs[offset + end] + Math.abs(end - start - length) / (2 * length)
  for (let end = start + Math.ceil(length / 2); end <= start + Math.floor(1.5 * length); end++) {
    if (cost(end) < cost(best)) best = end
  }
  return best
}

const titleOf = (item: Item): string => (item.kind === 'node' ? item.op : item.label)
