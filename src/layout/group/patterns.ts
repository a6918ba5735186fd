import { opCategory } from '../../graph/op-tables/ops'
import type { Pattern, PatternKind } from '../../graph/patterns/types'
import { commonGroup, insideGroup, move, scopePath, type Draft } from './draft'
import { relativeName, type Group, type GroupLook, type Item, type NodeItem } from './grouping'

/** Operations that belong together, with others like it inside. */
export interface Bundle {
  readonly look: GroupLook
  readonly title: string
  /** Which pattern it is, where it is one. */
  readonly pattern?: PatternKind
  readonly nodes: readonly string[]
  readonly inner: readonly Bundle[]
}

/** A pattern that was found, with those inside, as bundles. */
export const patternBundle = ({ kind, title, nodes, inner }: Pattern): Bundle => ({
  look: 'pattern',
  title,
  pattern: kind,
  nodes,
  inner: inner.map(patternBundle),
})

/**
 * Makes a group of a bundle in the innermost group that holds it. What is exactly the inside of a scope makes that scope
 * what it is; a single operation gets the title itself. A bundle that would tear scopes apart is not made, only those in it.
 */
export function placeBundle(draft: Draft, bundle: Bundle): void {
  const items = bundle.nodes.flatMap((name) => draft.nodes.get(name) ?? [])
  if (items.length === 0) return
  if (items.length === 1) {
    items[0].title ??= bundle.title
    return
  }
  const around = commonGroup(items)
  if (around.size === items.length && around !== draft.root) become(around, items, bundle)
  else if (bundle.inner.length > 0 || bundle.look === 'loop') wrap(draft, around, items, bundle)
  else gather(draft, around, items, bundle)
  for (const inner of bundle.inner) placeBundle(draft, inner)
}

/** The bundle is all that is in a group. */
function become(group: Group, items: readonly NodeItem[], { look, title, pattern, inner }: Bundle): void {
  // Else a bundle around this one is the same, and says more.
  if (group.look === 'scope') {
    group.look = look
    group.title = title
    group.pattern = pattern ?? null
  }
  if (inner.length === 0 && look === 'pattern') for (const item of items) move(item, group, group)
}

/** Puts a group between `around` and what is in the bundle, be it operations or whole scopes. */
function wrap(draft: Draft, around: Group, items: readonly NodeItem[], bundle: Bundle): void {
  if (isTorn(items, around)) return
  const group = newBundle(draft, around, items, bundle)
  group.size = items.length
  for (const item of items) {
    let outermost: Item = item
    while (outermost.parent && outermost.parent !== around && outermost.parent !== group) outermost = outermost.parent
    outermost.parent = group
  }
}

/** Takes operations out of the scopes they stand in: their names say less than that they belong together. */
function gather(draft: Draft, around: Group, items: readonly NodeItem[], bundle: Bundle): void {
  if (isTorn(items, around)) return
  const group = newBundle(draft, around, items, bundle)
  for (const item of items) move(item, group, around)
}

function newBundle(draft: Draft, around: Group, items: readonly NodeItem[], { look, title, pattern }: Bundle): Group {
  const scope = scopePath(draft, around)
  const names = items.map((item) => relativeName(item.name, scope))
  const group = insideGroup(draft, around, { name: names[0], label: labelOf(items, names), look, title })
  group.pattern = pattern ?? null
  return group
}

/** Whether a group inside `around` holds some of these operations and others too. */
function isTorn(items: readonly NodeItem[], around: Group): boolean {
  const held = new Map<Group, number>()
  for (const item of items) {
    for (let group: Group | null = item.parent; group && group !== around; group = group.parent) {
      held.set(group, (held.get(group) ?? 0) + 1)
    }
  }
  return [...held].some(([group, count]) => count < group.size)
}

const shortestPrefix = 3

/** What all names begin with, up to the end of a word; else the name of the main operation, or of the scope it is alone in. */
function labelOf(items: readonly NodeItem[], names: readonly string[]): string {
  const prefix = commonPrefix(names)
  if (prefix.length >= shortestPrefix) return prefix
  const main = items.findIndex(({ op }) => ['convolution', 'matmul'].includes(opCategory(op)))
  const name = names[main < 0 ? names.length - 1 : main]
  const slash = name.indexOf('/')
  return slash < 0 ? name : name.slice(0, slash)
}

function commonPrefix(names: readonly string[]): string {
  const [first] = names
  let length = first.length
  for (const name of names) {
    let same = 0
    while (same < length && name[same] === first[same]) same += 1
    length = same
  }
  const endsWord = (at: number) => names.every((name) => at >= name.length || /[^a-zA-Z0-9]/.test(name[at]))
  while (length > 0 && !endsWord(length)) length -= 1
  return first.slice(0, length).replace(/[^a-zA-Z0-9]+$/, '')
}
