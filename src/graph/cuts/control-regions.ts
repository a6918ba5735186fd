import { splitTensor } from '../lookup/names'
import { orderOf } from '../lookup/order'
import type { GraphNode } from '../types'

/** Why a node may have no value at the end of a run. */
export type ControlRegion = 'loop' | 'branch'

/**
 * The nodes whose values exist only during a part of the run, in graphs with TensorFlow 1's control flow: those between
 * Enter and Exit of a loop, and those between the Switch and the Merge of a condition. Other nodes are absent.
 */
export function controlRegions(nodes: readonly GraphNode[]): ReadonlyMap<string, ControlRegion> {
  const regions = new Map<string, ControlRegion>()
  if (!nodes.some((node) => node.op === 'Switch' || node.op === 'Enter')) return regions
  const loops = new Map<string, number>()
  const branches = new Map<string, number>()
  for (const position of orderOf(nodes)) {
    const node = nodes[position]
    const before = sources(node)
    const loop = deepest(loops, before) + loopStep(node)
    const branch = Math.max(0, deepest(branches, before) + (loop > 0 ? 0 : branchStep(node)))
    loops.set(node.name, loop)
    branches.set(node.name, branch)
    if (loop > 0) regions.set(node.name, 'loop')
    else if (branch > 0) regions.set(node.name, 'branch')
  }
  return regions
}

function sources(node: GraphNode): string[] {
  return [...node.inputs.map((tensor) => splitTensor(tensor).node), ...node.controlInputs]
}

function deepest(depths: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((depth, name) => Math.max(depth, depths.get(name) ?? 0), 0)
}

function loopStep({ op }: GraphNode): number {
  if (op === 'Enter') return 1
  return op === 'Exit' ? -1 : 0
}

function branchStep({ op }: GraphNode): number {
  if (op === 'Switch') return 1
  return op === 'Merge' ? -1 : 0
}
