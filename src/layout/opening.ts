import type { Crossing } from './crossings'
import type { Group, Grouping, Item } from './grouping'
import { mainPath } from './opening-path'

/** A first view shows at least this many boxes, if there are so many, … */
const fewest = 30
/** … and no more than this. */
const most = 120
/** A group with this share of all operations is what the graph is about. */
const mainShare = 0.4
/** On the main path a scope with no more boxes than this in it is not worth a fold, … */
const fewItems = 4
/** … unless there are so many of the kind that more boxes than this would come in. */
const fewAdded = 12

/** Groups that look alike from outside: blocks of one network, say. They are unfolded together. */
interface Twins {
  readonly groups: readonly Group[]
  readonly depth: number
  readonly onMainPath: boolean
  /** Operations in the largest of them, and in all. */
  readonly largest: number
  readonly size: number
  /** Boxes more when they are unfolded. */
  readonly added: number
}

/**
 * The groups to unfold when a graph is opened, so that some 30 to 120 boxes are seen: what holds most of the graph, then
 * level by level what the way from the inputs to the outputs leads through, always all groups of a kind. A pattern of
 * single operations stays one box. Of a graph with fewer boxes everything is shown.
 */
export function openingView(grouping: Grouping, ways: ReadonlyMap<Group, readonly Crossing[]>): Set<string> {
  const total = grouping.root.size
  const unfolded = new Set<string>()
  let seen = grouping.root.items.length
  let deepest = 0
  let twins = twinsIn([grouping.root], 1, ways)
  const wanted = (candidate: Twins): boolean =>
    seen + candidate.added <= most && (seen < fewest || isMain(candidate, total) || isSmall(candidate, deepest))
  for (;;) {
    const next = twins
      .filter(wanted)
      .reduce<Twins | null>((best, one) => (best && !comesBefore(one, best, total) ? best : one), null)
    if (next === null) break
    for (const group of next.groups) unfolded.add(group.path)
    seen += next.added
    deepest = Math.max(deepest, next.depth)
    twins = [...twins.filter((other) => other !== next), ...twinsIn(next.groups, next.depth + 1, ways)]
  }
  if (seen < fewest) unfoldSome(twins, seen, unfolded)
  return unfolded
}

const isMain = ({ largest }: Twins, total: number): boolean => largest >= mainShare * total

/** Whether unfolding adds little to what is seen at that depth already. */
const isSmall = ({ groups, depth, onMainPath, added }: Twins, deepest: number): boolean =>
  onMainPath &&
  depth <= deepest &&
  added <= fewAdded &&
  groups.every(({ look, items }) => look === 'scope' && items.length <= fewItems)

/** Which of two to unfold first. */
function comesBefore(one: Twins, other: Twins, total: number): boolean {
  const order =
    Number(isMain(one, total)) - Number(isMain(other, total)) ||
    other.depth - one.depth ||
    Number(one.onMainPath) - Number(other.onMainPath) ||
    one.size - other.size
  return order > 0
}

/** All twins are too many at once: those that come first are unfolded, which is better than none. */
function unfoldSome(twins: readonly Twins[], seen: number, unfolded: Set<string>): void {
  let boxes = seen
  for (const group of twins.toSorted((a, b) => b.size - a.size).flatMap(({ groups }) => groups)) {
    if (boxes >= fewest) return
    if (boxes + group.items.length - 1 > most) continue
    unfolded.add(group.path)
    boxes += group.items.length - 1
  }
}

/** The groups right inside others that may be unfolded, twins together. */
function twinsIn(around: readonly Group[], depth: number, ways: ReadonlyMap<Group, readonly Crossing[]>): Twins[] {
  const kinds = new Map<string, Group[]>()
  const main = new Set<Item>()
  for (const group of around) {
    const { path, order } = mainPath(group, ways.get(group) ?? [])
    for (const item of path) main.add(item)
    for (const item of order) if (item.kind === 'group' && !staysFolded(item)) joinTwins(item, kinds)
  }
  return Array.from(new Set(kinds.values()), (groups) => ({
    groups,
    depth,
    onMainPath: groups.some((group) => main.has(group)),
    largest: Math.max(...groups.map(({ size }) => size)),
    size: groups.reduce((sum, { size }) => sum + size, 0),
    added: groups.reduce((sum, { items }) => sum + items.length - 1, 0),
  }))
}

/** Adds a group to those that have a key in common with it; two kinds that both do become one. */
function joinTwins(group: Group, kinds: Map<string, Group[]>): void {
  const keys = twinKeys(group)
  const kin = new Set(keys.flatMap((key) => [kinds.get(key) ?? []]))
  const joined = [...[...kin].flat(), group]
  for (const [key, groups] of kinds) if (kin.has(groups)) kinds.set(key, joined)
  for (const key of keys) kinds.set(key, joined)
}

/** A pattern readers think of as one thing, with nothing but operations inside. */
const staysFolded = ({ look, items }: Group): boolean =>
  look === 'pattern' && items.every(({ kind }) => kind === 'node')

/**
 * Groups with a key in common are twins: patterns, runs and blocks whatever their names; `block_1` and `block_12`; those
 * that look the same inside.
 */
function twinKeys({ look, label, items }: Group): string[] {
  if (look !== 'scope' && look !== 'function') return [look]
  const inside = items.map((item) => (item.kind === 'node' ? item.op : `${item.look} ${item.size}`)).sort()
  return [`${look} ${label.replace(/_?\d+/g, '#')}`, `${look}: ${inside.join(' ')}`]
}
