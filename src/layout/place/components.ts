import type { Crossing } from '../group/border-crossings'
import type { Child, PlacementTask } from './placement'

/** Things that lines connect with one another, and with no others; or all those that no line comes near. */
export interface ConnectedPart {
  readonly task: PlacementTask
  /** The task's things by number, each after what it depends on. */
  readonly order: readonly number[]
  readonly loose: boolean
}

/**
 * The parts of a task: first the one at the borders, then the others by what they hold, the loose things last.
 * @param order ids, each after what it depends on
 */
export function separateParts(task: PlacementTask, order: readonly string[]): ConnectedPart[] {
  const items = new Map(task.items.map((item) => [item.id, item]))
  const roots = connect(task)
  const partOf = (id: string) => find(roots, id)
  const found = new Map<string, { items: Child[]; ways: Crossing[] }>()
  for (const id of order) {
    const item = items.get(id)
    if (!item) continue
    const part = found.get(partOf(id))
    if (part) part.items.push(item)
    else found.set(partOf(id), { items: [item], ways: [] })
  }
  for (const way of task.ways) found.get(partOf(way.from))?.ways.push(way)

  const isBorder = ({ id }: Child) => task.upper.has(id) || task.lower.has(id)
  const parts = [...found.values()]
  const connected = parts.filter(({ ways }) => ways.length > 0)
  connected.sort((a, b) => Number(b.items.some(isBorder)) - Number(a.items.some(isBorder)) || sizeOf(b) - sizeOf(a))
  const loose = parts.filter(({ ways }) => ways.length === 0).flatMap((part) => part.items)
  const made = connected.map((part): ConnectedPart => ({ ...asPart(task, part.items, part.ways), loose: false }))
  if (loose.length > 0 || made.length === 0) made.push({ ...asPart(task, loose, []), loose: loose.length > 0 })
  return made
}

const sizeOf = ({ items }: { items: readonly Child[] }): number => items.reduce((sum, { size }) => sum + size, 0)

/** Things are in their order already, so their numbers are in order too. */
function asPart(task: PlacementTask, items: readonly Child[], ways: readonly Crossing[]) {
  return { task: { ...task, items, ways }, order: [...items.keys()] }
}

/** Joins what lines connect, and all that stands on a border; by id, another id of the same part. */
function connect({ ways, upper, lower }: PlacementTask): Map<string, string> {
  const roots = new Map<string, string>()
  const join = (a: string, b: string) => {
    const [one, other] = [find(roots, a), find(roots, b)]
    if (one !== other) roots.set(one, other)
  }
  for (const { from, to } of ways) join(from, to)
  const ports = [...upper, ...lower]
  for (const port of ports.slice(1)) join(ports[0], port)
  return roots
}

function find(roots: Map<string, string>, id: string): string {
  let root = id
  for (let next = roots.get(root); next !== undefined; next = roots.get(root)) root = next
  // The way there is made short, so that the next one is found at once.
  for (let at = id; at !== root;) {
    const next = roots.get(at) ?? root
    roots.set(at, root)
    at = next
  }
  return root
}
