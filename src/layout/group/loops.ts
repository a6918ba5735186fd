import { stringAttribute } from '../../graph/lookup/attributes'
import type { GraphIndex } from '../../graph/lookup/graph-index'
import { tensorName } from '../../graph/lookup/names'
import { outputCount } from '../../graph/op-tables/ops'
import type { GraphNode } from '../../graph/types'
import { commonGroup, type Draft } from './draft'
import { placeBundle } from './patterns'

const enterOps = new Set(['Enter', 'RefEnter'])
const exitOps = new Set(['Exit', 'RefExit'])
const title = 'While loop'

/** How often a node may be listed on average: once for each loop it is in. Loops nested deeper than that get no box. */
const mostListings = 8

/**
 * The loops of TensorFlow 1, told by their frames: what lies between the Enter and the Exit nodes of a frame. The scope
 * of a loop is marked as one; where names are flat it gets a group.
 */
export function placeLoops(draft: Draft): void {
  for (const nodes of loopsOf(draft.index)) {
    const items = nodes.flatMap((name) => draft.nodes.get(name) ?? [])
    if (items.length < 2) continue
    const around = commonGroup(items)
    // What comes before the loop stands in its scope too.
    if (around !== draft.root && around.look === 'scope' && 2 * items.length > around.size) {
      around.look = 'loop'
      around.title = title
    } else {
      placeBundle(draft, { look: 'loop', title, nodes, inner: [] })
    }
  }
}

/** The nodes of each loop, those of loops inside it among them; outer loops first. */
function loopsOf(index: GraphIndex): string[][] {
  const frames = new Map<string, GraphNode[]>()
  for (const node of index.graph.nodes) {
    if (!enterOps.has(node.op)) continue
    const name = stringAttribute(node, 'frame_name', '')
    const known = frames.get(name)
    if (known) known.push(node)
    else frames.set(name, [node])
  }
  const loops: string[][] = []
  let left = mostListings * index.graph.nodes.length
  for (const enters of frames.values()) {
    if (left < 0) break
    const nodes = nodesOf(enters, index)
    left -= nodes.length
    loops.push(nodes)
  }
  return loops.sort((a, b) => b.length - a.length)
}

/** All that follows the Enter nodes of a frame, up to the Exit nodes that leave it. */
function nodesOf(enters: readonly GraphNode[], index: GraphIndex): string[] {
  const depths = new Map(enters.map((node) => [node, 1]))
  // The map grows while it is walked.
  for (const [node, depth] of depths) {
    const outside = exitOps.has(node.op) ? depth - 1 : depth
    if (outside === 0) continue
    for (let output = 0; output < outputCount(node); output++) {
      for (const { node: next } of index.uses.get(tensorName(node.name, output)) ?? []) {
        if (!depths.has(next)) depths.set(next, enterOps.has(next.op) ? outside + 1 : outside)
      }
    }
  }
  return Array.from(depths.keys(), (node) => node.name)
}
