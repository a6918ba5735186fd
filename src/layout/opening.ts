import type { Crossing } from './group/border-crossings'
import type { Group, Grouping, Item } from './group/grouping'
import { mainPath } from './opening-path'
import { isSpan } from './group/structure/names'

/** A first view shows at least this many boxes, if there are so many, … */
const fewest = 30
/** … and no more than this. */
const most = 120
/** A group with this share of all operations is what the graph is about. */
const mainShare = 0.4
/** Twins with less than this share of all operations are unfolded after all others: they would take the screen for little. */
const fewShare = 0.1
/** On the main path a scope with no more boxes than this in it is not worth a fold, … */
const fewItems = 4
/** … unless there are so many of the kind that more boxes than this would come in. */
const fewAdded = 12

/** Groups that look alike from outside: blocks of one network, say. They are unfolded together. */
interface Twins {
  readonly groups: readonly Group[]
  readonly depth: number
  readonly onMainPath: boolean
  /** Operations in the largest of them. */
  readonly largest: number
  /** Operations in all of them, and in those they are an example of. */
  readonly size: number
  /** Boxes more when they are unfolded. */
  readonly added: number
}

/**
 * The groups to unfold when a graph is opened, so that some 30 to 120 boxes are seen: what holds most of the graph, then
 * level by level what the way from the inputs to the outputs leads through, always all groups of a kind; of too many, the
 * first one as an example. A pattern of single operations stays one box. Of a graph with fewer boxes everything is shown.
 */
export function openingView(grouping: Grouping, ways: ReadonlyMap<Group, readonly Crossing[]>): Set<string> {
  return new Opening(grouping.root, ways).unfold()
}

class Opening {
  readonly #ways: ReadonlyMap<Group, readonly Crossing[]>
  readonly #total: number
  readonly #unfolded = new Set<string>()
  #seen: number
  #deepest = 0
  #twins: readonly Twins[]
  /** What was left folded of twins of which one was unfolded as an example. */
  readonly #others: Group[] = []

  constructor(root: Group, ways: ReadonlyMap<Group, readonly Crossing[]>) {
    this.#ways = ways
    this.#total = root.size
    this.#seen = root.items.length
    this.#twins = twinsIn([root], 1, 1, ways)
  }

  unfold(): Set<string> {
    for (let next = this.#next(); next; next = this.#next()) {
      if (this.#seen + next.added <= most) this.#open(next, next.groups)
      else this.#open(next, next.groups.slice(0, 1))
    }
    while (this.#showSpan()) continue
    if (this.#seen < fewest) this.#showSome()
    return this.#unfolded
  }

  /** The twins to unfold next; null when enough is seen. */
  #next(): Twins | null {
    const wanted = this.#twins.filter((one) => this.#isWanted(one))
    return wanted.reduce<Twins | null>((best, one) => (best && !comesBefore(one, best, this.#total) ? best : one), null)
  }

  #isWanted(twins: Twins): boolean {
    if (this.#seen + twins.added <= most) {
      return this.#seen < fewest || isMain(twins, this.#total) || isSmall(twins, this.#deepest)
    }
    return this.#seen < fewest && !isFew(twins, this.#total) && this.#seen + addedBy(twins.groups.slice(0, 1)) <= most
  }

  /** Unfolds twins, or the first of them as an example of all. */
  #open(twins: Twins, groups: readonly Group[]): void {
    for (const group of groups) this.#unfolded.add(group.path)
    this.#seen += addedBy(groups)
    this.#deepest = Math.max(this.#deepest, twins.depth)
    this.#others.push(...twins.groups.slice(groups.length))
    const weight = twins.size / Math.max(1, sizeOf(groups))
    const inside = twinsIn(groups, twins.depth + 1, weight, this.#ways)
    this.#twins = [...this.#twins.filter((other) => other !== twins), ...inside]
  }

  /** Spans of a long row say nothing but numbers: the first is unfolded, if they are what the graph is about. False if there is none. */
  #showSpan(): boolean {
    const spans = this.#twins.find(({ groups, size }) => size >= mainShare * this.#total && groups.every(isSpan))
    const first = spans?.groups.slice(0, 1) ?? []
    if (!spans || this.#seen + addedBy(first) > most) return false
    this.#open(spans, first)
    return true
  }

  /** All of any kind are too many: those that hold most are unfolded one by one, which is better than none. */
  #showSome(): void {
    const left = [...this.#twins.flatMap(({ groups }) => groups), ...this.#others]
    for (const group of left.toSorted((a, b) => b.size - a.size)) {
      if (this.#seen >= fewest) return
      const added = addedBy([group])
      if (this.#seen + added > most) continue
      this.#unfolded.add(group.path)
      this.#seen += added
    }
  }
}

const sizeOf = (groups: readonly Group[]): number => groups.reduce((sum, { size }) => sum + size, 0)
const addedBy = (groups: readonly Group[]): number => groups.reduce((sum, { items }) => sum + items.length - 1, 0)

const isMain = ({ largest }: Twins, total: number): boolean => largest >= mainShare * total

const isFew = ({ size }: Twins, total: number): boolean => size < fewShare * total

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
    Number(isFew(other, total)) - Number(isFew(one, total)) ||
    other.depth - one.depth ||
    Number(one.onMainPath) - Number(other.onMainPath) ||
    one.size - other.size
  return order > 0
}

/**
 * The groups right inside others that may be unfolded, twins together.
 * @param weight of how many groups each of those around is an example
 */
function twinsIn(
  around: readonly Group[],
  depth: number,
  weight: number,
  ways: ReadonlyMap<Group, readonly Crossing[]>,
): Twins[] {
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
    size: weight * sizeOf(groups),
    added: addedBy(groups),
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
 * Groups with a key in common are twins: patterns and runs whatever their names; blocks of one kind; `block_1` and
 * `block_12`; those that look the same inside.
 */
function twinKeys({ look, label, items }: Group): string[] {
  if (look === 'blocks') return [`${look} ${label}`]
  if (look !== 'scope' && look !== 'function') return [look]
  const inside = items.map((item) => (item.kind === 'node' ? item.op : `${item.look} ${item.size}`)).sort()
  return [`${look} ${label.replace(/_?\d+/g, '#')}`, `${look}: ${inside.join(' ')}`]
}
