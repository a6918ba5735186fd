import { insideGroup, scopePath, type Draft } from '../draft'
import { fill, relativeName, type Group, type GroupLook, type Item } from '../grouping'
import { costsOfEnding, flowBetween } from './flow'
import { makeKinds, type Kinds } from './kinds'
import { firstNode, letters, shortTitle, spanName, stretchLabel } from './names'
import { repeats, wiring, type Repeat } from './repeats'
import { endsOfRuns } from './runs'
import { signature, singles } from './singles'

/**
 * A group with more items than this is split: laying it out would take too long, and nobody could read it. With one
 * group unfolded beside fewer than 30 boxes, 120 are not passed.
 */
export const widestGroup = 90
/** A graph without scopes that shows more than this is grouped, too. */
const widestFlat = 48
/** This share of what stands at the top belongs to no scope, where names are flat. */
const flatShare = 0.8
/** Blocks of blocks of blocks are looked for, but nothing deeper. */
const mostRounds = 3
/** With so few items left, no further blocks are looked for. */
const fewItems = 24
/** Blocks of a kind that cover less of the items than this are alike by chance. */
const leastShare = 0.01
const leastCovered = 6
/** Into no more than so many spans a long row of blocks is split. */
const mostSpans = 60

/**
 * Splits groups that are too wide, and a graph without scopes, by how they are built: blocks that come several times
 * become one group (`Block ×13`), and what is still too wide is split into runs. New groups are added to `groups`.
 */
export function groupByStructure(draft: Draft, groups: Map<string, Group>): void {
  const { root } = draft
  const wide = [root, ...groups.values()].filter(({ items }) => items.length > widestGroup)
  if (!wide.includes(root) && root.items.length > widestFlat && isFlat(root)) wide.push(root)
  if (wide.length === 0) return
  const kinds = makeKinds(draft.index)
  for (const group of wide) new Splitting(draft, groups, kinds, group).split()
}

function isFlat(root: Group): boolean {
  const scopes = root.items.filter((item) => item.kind === 'group' && item.look === 'scope')
  return scopes.length <= (1 - flatShare) * root.items.length
}

/** A row of blocks, or one, that waits for its name until it is known how many kinds of blocks there are. */
interface Made {
  readonly signature: string
  /** What each is, where that is one thing; else they are blocks. */
  readonly what: string | null
  /** Names it, given the name of one block. */
  readonly name: (block: string) => void
}

/** The splitting of one group. */
class Splitting {
  readonly #draft: Draft
  readonly #groups: Map<string, Group>
  readonly #kinds: Kinds
  readonly #group: Group
  readonly #made: Made[] = []

  constructor(draft: Draft, groups: Map<string, Group>, kinds: Kinds, group: Group) {
    this.#draft = draft
    this.#groups = groups
    this.#kinds = kinds
    this.#group = group
  }

  split(): void {
    let { items }: { items: readonly Item[] } = this.#group
    for (let round = 0; round < mostRounds && items.length > fewItems; round++) {
      const joined = this.#joinBlocks(items)
      if (joined.length === items.length) break
      items = joined
    }
    this.#nameBlocks()
    if (items.length > widestGroup) {
      const flow = flowBetween(items, this.#draft.links, this.#kinds)
      items = this.#runs(this.#group, flow.items, costsOfEnding(flow), 0)
    }
    const row = items.length === 1 ? items[0] : null
    fill(this.#group, row?.kind === 'group' ? this.#unwrap(row) : [...items])
  }

  /** A row that is all there is in a group: the group stands for it, and no box holds only one. */
  #unwrap(row: Group): Item[] {
    this.#group.title ??= row.title
    this.#groups.delete(row.path)
    return row.items
  }

  /** The items in the order of the data, with blocks that come several times as groups. */
  #joinBlocks(items: readonly Item[]): readonly Item[] {
    const flow = flowBetween(items, this.#draft.links, this.#kinds)
    const signs = wiring(flow, this.#kinds.numbered)
    const costs = costsOfEnding(flow)
    const isPlain = (position: number) => flow.items[position].kind === 'node' && flow.items[position].title === null
    const rows = repeats(signs, costs, isPlain)
    const blocks = [...rows, ...singles(signs, costs, rows)].map((block) => ({
      ...block,
      end: block.start + block.period * block.times,
      signature: signature(signs, block.start, block.period),
    }))
    const covered = new Map<string, number>()
    for (const { signature, start, end } of blocks) covered.set(signature, (covered.get(signature) ?? 0) + end - start)
    const least = Math.max(leastCovered, leastShare * items.length)
    const starts = new Map(
      blocks.flatMap((block) => ((covered.get(block.signature) ?? 0) < least ? [] : [[block.start, block]])),
    )
    const joined: Item[] = []
    for (let at = 0; at < flow.items.length; at++) {
      const block = starts.get(at)
      joined.push(block ? this.#row(flow.items.slice(at, block.end), block, block.signature) : flow.items[at])
      if (block) at = block.end - 1
    }
    return joined
  }

  #row(items: readonly Item[], { period, times }: Repeat, signature: string): Group {
    const { index } = this.#draft
    const look: GroupLook = 'blocks'
    if (times === 1) {
      const block = this.#make(this.#group, items, look, 'block')
      this.#made.push({ signature, what: null, name: (name) => (block.title = name) })
      return block
    }
    const row = this.#make(this.#group, items, look, 'blocks')
    row.label = stretchLabel(items.slice(0, period), index)
    const blocks =
      period > 1 ? Array.from({ length: times }, (_, i) => this.#block(row, items, i * period, period)) : []
    if (period > 1) fill(row, blocks)
    const spans = this.#spans(row)
    const titles = new Set(items.map((item) => shortTitle(item, index)))
    this.#made.push({
      signature,
      what: period === 1 && titles.size === 1 ? [...titles][0] : null,
      name: (name) => {
        row.title = `${name} ×${times}`
        blocks.forEach((block, i) => (block.title = `${name} ${i + 1}`))
        for (const { span, first, last } of spans) span.title = `${name} ${first}–${last}`
      },
    })
    return row
  }

  #block(row: Group, items: readonly Item[], start: number, period: number): Group {
    return this.#make(row, items.slice(start, start + period), 'blocks', 'block')
  }

  /** Splits a row that is too long to be seen at once into about as many spans as there are blocks in each, and those again. */
  #spans(row: Group): { span: Group; first: number; last: number }[] {
    const spans: { span: Group; first: number; last: number }[] = []
    const divide = (group: Group, before: number): void => {
      if (group.items.length <= widestGroup) return
      const count = group.items.length
      const levels = Math.ceil(Math.log(count) / Math.log(mostSpans))
      const parts = evenly(count, Math.ceil(count ** (1 / levels))).map(([start, end]) => {
        const span = this.#make(group, group.items.slice(start, end), 'blocks', spanName)
        span.label = row.label
        spans.push({ span, first: before + start + 1, last: before + end })
        divide(span, before + start)
        return span
      })
      fill(group, parts)
    }
    divide(row, 0)
    return spans
  }

  /** Blocks of several kinds are told apart by letters; those of one kind have the same one, wherever they stand. */
  #nameBlocks(): void {
    const kinds = new Map<string, string>()
    for (const { signature, what } of this.#made) {
      if (what === null && !kinds.has(signature)) kinds.set(signature, `Block ${letters(kinds.size)}`)
    }
    for (const { signature, what, name } of this.#made) {
      name(what ?? (kinds.size === 1 ? 'Block' : (kinds.get(signature) ?? 'Block')))
    }
  }

  #runs(group: Group, items: readonly Item[], costs: Float64Array, offset: number): Group[] {
    let start = 0
    return endsOfRuns(items, costs, offset).map((end) => {
      const inside = items.slice(start, end)
      const run = this.#make(group, inside, 'run', 'run')
      if (inside.length > widestGroup) fill(run, this.#runs(run, inside, costs, offset + start))
      start = end
      return run
    })
  }

  /** A new group of items inside another; its path is told by its first operation. */
  #make(around: Group, items: readonly Item[], look: GroupLook, what: string): Group {
    const name = relativeName(firstNode(items[0]).name, scopePath(this.#draft, around))
    const label = stretchLabel(items, this.#draft.index)
    const group = insideGroup(this.#draft, around, { name: `${what}:${name}`, label, look, title: null })
    fill(group, [...items])
    this.#groups.set(group.path, group)
    return group
  }
}

/** So many stretches of 0 to `count`, as long as each other but for one, each from and to. */
function evenly(count: number, parts: number): [number, number][] {
  const border = (part: number) => Math.floor((part * count) / parts)
  return Array.from({ length: parts }, (_, part) => [border(part), border(part + 1)])
}
