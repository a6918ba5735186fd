import { splitTensor } from '../graph/lookup/names'
import type { Graph } from '../graph/types'
import { crossings, entry, exit, isPort, type Crossing } from './group/border-crossings'
import { ancestors, type Group, type Grouping, type Item } from './group/grouping'

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

export interface SeenBoxes {
  /** Frames before what stands in them. */
  readonly boxes: readonly SeenBox[]
  readonly edges: readonly SeenEdge[]
}

/** A grouping with the ways of all tensors through it. */
export interface PreparedGrouping {
  readonly grouping: Grouping
  readonly crossings: ReadonlyMap<Group, readonly Crossing[]>
  /** The ways that begin or end at a port of a group, by port; worked out for a group when it is first asked for. */
  readonly portsOf: (group: Group) => ReadonlyMap<string, readonly Crossing[]>
  /** Tensors that are outputs of the graph, by the node that makes them and by the groups around it. */
  readonly results: ReadonlyMap<Item, readonly string[]>
}

/** @param ways the crossings of the grouping, if they are known */
export function prepare(
  graph: Graph,
  grouping: Grouping,
  ways: ReadonlyMap<Group, readonly Crossing[]> = crossings(graph, grouping),
): PreparedGrouping {
  const ports = new Map<Group, ReadonlyMap<string, readonly Crossing[]>>()
  return {
    grouping,
    crossings: ways,
    portsOf(group) {
      let known = ports.get(group)
      if (!known) ports.set(group, (known = byPort(ways.get(group) ?? [])))
      return known
    },
    results: resultsOf(graph, grouping),
  }
}

function resultsOf(graph: Graph, grouping: Grouping): Map<Item, string[]> {
  const results = new Map<Item, string[]>()
  for (const tensor of new Set(graph.outputs.map((output) => output.tensor))) {
    const node = grouping.nodes.get(splitTensor(tensor).node)
    if (!node) continue
    for (const item of [node, ...ancestors(node)]) {
      const known = results.get(item)
      if (known) known.push(tensor)
      else results.set(item, [tensor])
    }
  }
  return results
}

/** What is seen when the groups with these paths are unfolded; one inside a folded group stays out of sight. */
export function see(prepared: PreparedGrouping, unfolded: ReadonlySet<string>): SeenBoxes {
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

function edgesBetween(
  { grouping, crossings, portsOf }: PreparedGrouping,
  open: ReadonlyMap<string, Group>,
): SeenEdge[] {
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
