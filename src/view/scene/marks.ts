import { splitTensor } from '../../graph/lookup/names'
import type { Grouping, Item } from '../../layout/group/grouping'
import type { Box } from '../../layout/types'
import { makers, stepsFrom, type Network } from './network'
import type { GroupTree } from './tree'
import type { Marks } from './types'

/** Where nodes and groups are relative to a cut; worked out once for each cut, whatever is unfolded. */
export interface Standing {
  readonly cut: readonly string[]
  /**
   * Distance from the cut in operations, by node position: 0 and below in the trunk, above 0 after it, else `apart`.
   */
  readonly nodes: Int32Array
  /** The same by group: of the node inside that is nearest to the cut. */
  readonly groups: Int32Array
  /** 1 for groups that hold something of the trunk. */
  readonly lit: Uint8Array
}

/** Neither in the trunk nor after the cut. */
const apart = 0x7fffffff

const uncut: Marks = { lit: null, cutInside: [], distance: {} }

/** Measures everything from a cut; null where none of its tensors is in the graph. Linear in nodes and edges. */
export function standing(network: Network, tree: GroupTree, cut: readonly string[]): Standing | null {
  const starts = makers(network, cut)
  if (starts.length === 0) return null
  const back = stepsFrom(network.before, starts)
  const nodes = stepsFrom(network.after, starts)
  for (let i = 0; i < nodes.length; i++) {
    if (back[i] >= 0) nodes[i] = back[i] === 0 ? 0 : -back[i]
    else if (nodes[i] < 0) nodes[i] = apart
  }
  return { cut, nodes, ...inGroups(tree, nodes) }
}

function inGroups({ around, groupOf }: GroupTree, nodes: Int32Array): Pick<Standing, 'groups' | 'lit'> {
  const groups = new Int32Array(around.length).fill(apart)
  const lit = new Uint8Array(around.length)
  const meet = (group: number, steps: number): void => {
    const known = groups[group]
    // Of two as near as each other, the one in the trunk counts.
    if (Math.abs(steps) < Math.abs(known) || (steps < 0 && steps === -known)) groups[group] = steps
  }
  for (let i = 0; i < nodes.length; i++) {
    const group = groupOf[i]
    if (group < 0) continue
    meet(group, nodes[i])
    if (nodes[i] <= 0) lit[group] = 1
  }
  for (let group = around.length - 1; group > 0; group--) {
    meet(around[group], groups[group])
    if (lit[group] === 1) lit[around[group]] = 1
  }
  return { groups, lit }
}

/** What is needed to find a box's own entry in a `Standing`. */
export interface MarkedModel {
  readonly grouping: Grouping
  readonly network: Network
  readonly tree: GroupTree
}

/** The marks of boxes for a cut; `at` is null where there is none. */
export function marksOf(boxes: readonly Box[], at: Standing | null, model: MarkedModel): Marks {
  if (!at) return uncut
  const lit: string[] = []
  const distance: Record<string, number> = {}
  for (const box of boxes) {
    const [steps, isLit] = stands(box, at, model)
    if (isLit) lit.push(box.id)
    if (steps !== apart) distance[box.id] = steps
  }
  return { lit, cutInside: hidingTheCut(boxes, at.cut, model.grouping), distance }
}

function stands(box: Box, at: Standing, { grouping, network, tree }: MarkedModel): readonly [number, boolean] {
  if (box.kind === 'node') {
    const steps = at.nodes[network.positions.get(box.name) ?? -1] ?? apart
    return [steps, steps <= 0]
  }
  const group = grouping.groups.get(box.name)
  const number = (group && tree.numbers.get(group)) ?? -1
  return [at.groups[number] ?? apart, at.lit[number] === 1]
}

/** Ids of folded groups with a cut tensor inside that does not leave them, so that its mark is out of sight. */
function hidingTheCut(boxes: readonly Box[], cut: readonly string[], grouping: Grouping): string[] {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const found = new Set<string>()
  for (const tensor of cut) {
    let item: Item | null | undefined = grouping.nodes.get(splitTensor(tensor).node)
    while (item && !byId.has(item.id)) item = item.parent
    const box = item && byId.get(item.id)
    if (!box || box.kind === 'node' || box.unfolded) continue
    if (!box.outputs.some((output) => output.tensor === tensor)) found.add(box.id)
  }
  return [...found]
}
