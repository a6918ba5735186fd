import { splitTensor } from '../graph/names'
import type { Graph } from '../graph/types'
import { crossings, entry, exit, isPort, type Crossing } from './crossings'
import type { Group, Grouping, Item } from './grouping'

/** A box that is seen, before it has a place. */
export interface SeenBox {
  readonly item: Item
  readonly unfolded: boolean
  /** Id of the frame it stands in; null at the top. */
  readonly parent: string | null
  readonly depth: number
}

/** One tensor between two boxes, as the chain of its ways through the groups on the way. */
export interface SeenEdge {
  readonly tensor: string
  readonly from: string
  readonly to: string
  readonly legs: readonly Leg[]
}

export interface Leg {
  readonly group: Group
  readonly crossing: Crossing
}

export interface Seen {
  /** Frames before what stands in them. */
  readonly boxes: readonly SeenBox[]
  readonly edges: readonly SeenEdge[]
}

/** The boxes seen with these groups unfolded, and the tensors between them: one edge for each pair of boxes and tensor. */
export function boxesFor(graph: Graph, grouping: Grouping, unfolded: ReadonlySet<string>): Seen {
  return see(prepare(graph, grouping), unfolded)
}

/** A grouping with the ways of all tensors through it. */
export interface Prepared {
  readonly grouping: Grouping
  readonly crossings: ReadonlyMap<Group, readonly Crossing[]>
  /** Tensors that are outputs of the graph, by producing node. */
  readonly results: ReadonlyMap<string, readonly string[]>
}

/** @param ways the crossings of the grouping, if they are known */
export function prepare(
  graph: Graph,
  grouping: Grouping,
  ways: ReadonlyMap<Group, readonly Crossing[]> = crossings(graph, grouping),
): Prepared {
  const results = new Map<string, string[]>()
  for (const { tensor } of graph.outputs) {
    const { node } = splitTensor(tensor)
    results.set(node, [...new Set([...(results.get(node) ?? []), tensor])])
  }
  return { grouping, crossings: ways, results }
}

export function see(prepared: Prepared, unfolded: ReadonlySet<string>): Seen {
  const { grouping } = prepared
  const boxes: SeenBox[] = []
  const open = new Map<string, Group>()
  const show = (group: Group, parent: string | null, depth: number) => {
    for (const item of group.items) {
      const isOpen = item.kind === 'group' && unfolded.has(item.path)
      boxes.push({ item, unfolded: isOpen, parent, depth })
      if (!isOpen) continue
      open.set(item.id, item)
      show(item, item.id, depth + 1)
    }
  }
  show(grouping.root, null, 0)
  return { boxes, edges: edgesBetween(prepared, open) }
}

function edgesBetween({ grouping, crossings }: Prepared, open: ReadonlyMap<string, Group>): SeenEdge[] {
  const ports = new Map<Group, ReadonlyMap<string, readonly Crossing[]>>()
  const portsOf = (group: Group) => {
    let known = ports.get(group)
    if (!known) ports.set(group, (known = byPort(crossings.get(group) ?? [])))
    return known
  }
  /** The way of a tensor from the box that makes it to the border of `id`. */
  const source = (id: string, tensor: string): { box: string; legs: Leg[] } => {
    const group = open.get(id)
    const crossing = group && portsOf(group).get(exit(tensor))?.at(0)
    if (!crossing) return { box: id, legs: [] }
    const inner = source(crossing.from, tensor)
    return { box: inner.box, legs: [...inner.legs, { group, crossing }] }
  }
  /** The ways of a tensor from the border of `id` to the boxes that take it. */
  const sinks = (id: string, tensor: string): { box: string; legs: Leg[] }[] => {
    const group = open.get(id)
    if (!group) return [{ box: id, legs: [] }]
    return (portsOf(group).get(entry(tensor)) ?? []).flatMap((crossing) =>
      sinks(crossing.to, tensor).map(({ box, legs }) => ({ box, legs: [{ group, crossing }, ...legs] })),
    )
  }
  return [grouping.root, ...open.values()].flatMap((group) =>
    (crossings.get(group) ?? [])
      .filter(({ from, to }) => !isPort(from) && !isPort(to))
      .flatMap((crossing) => {
        const { tensor } = crossing
        const from = source(crossing.from, tensor)
        return sinks(crossing.to, tensor).map((to) => ({
          tensor,
          from: from.box,
          to: to.box,
          legs: [...from.legs, { group, crossing }, ...to.legs],
        }))
      }),
  )
}

function byPort(crossings: readonly Crossing[]): Map<string, Crossing[]> {
  const found = new Map<string, Crossing[]>()
  for (const crossing of crossings) {
    const port = [crossing.from, crossing.to].find(isPort)
    if (port === undefined) continue
    const known = found.get(port)
    if (known) known.push(crossing)
    else found.set(port, [crossing])
  }
  return found
}
