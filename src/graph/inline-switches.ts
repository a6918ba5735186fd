import { constantTruth } from './inline-condition'
import { bodyOfGraph, frameOf, parseTensor } from './inline-frame'
import { splitTensor, tensorName } from './names'
import { orderOf } from './order'
import type { GraphNode, WeightInfo } from './types'

/** Nodes, and where tensors are made that are asked for by their former names. */
export interface Folded {
  readonly nodes: readonly GraphNode[]
  readonly tensors: ReadonlyMap<string, string>
}

/**
 * Conditions made of Switch and Merge, as TensorFlow 1 wrote them, whose value is a constant (`is_training`): the branch
 * taken stays, the other goes. Graphs with loops made of nodes stay as they are, and so do those of which something asked
 * for would go.
 */
export function foldSwitches(
  nodes: readonly GraphNode[],
  fetches: readonly string[],
  weights: ReadonlyMap<string, WeightInfo>,
): Folded {
  const asked = new Map(fetches.map((tensor) => [tensor, tensor]))
  const ops = new Set(nodes.map(({ op }) => op))
  if (!ops.has('Switch') || ops.has('Enter')) return { nodes, tensors: asked }
  const { removed, dead, aliases } = followBranches(nodes, weights)
  const known = (tensor: string): string => aliases.get(tensor) ?? tensor
  if (
    aliases.size === 0 ||
    fetches.some((tensor) => dead.has(tensor) || removed.has(splitTensor(known(tensor)).node))
  ) {
    return { nodes, tensors: asked }
  }
  const kept = nodes.filter(({ name }) => !removed.has(name))
  // What control inputs still say where conditions are left is which branch a node belongs to.
  const isOpen = kept.some(({ op }) => op === 'Switch')
  return {
    nodes: kept.map((node) => ({
      ...node,
      inputs: node.inputs.map(known),
      controlInputs: isOpen ? node.controlInputs.filter((name) => !removed.has(name)) : [],
    })),
    tensors: new Map(fetches.map((tensor) => [tensor, known(tensor)])),
  }
}

interface Branches {
  /** Nodes that go. */
  readonly removed: ReadonlySet<string>
  /** Tensors that never have a value. */
  readonly dead: ReadonlySet<string>
  /** What tensors that go are. */
  readonly aliases: ReadonlyMap<string, string>
}

function followBranches(nodes: readonly GraphNode[], weights: ReadonlyMap<string, WeightInfo>): Branches {
  const frame = frameOf(bodyOfGraph(nodes))
  const find = (_: unknown, tensor: string) => {
    const at = frame.body.positions.get(parseTensor(tensor).node)
    return { frame, node: at === undefined ? null : nodes[at], tensor }
  }
  const removed = new Set<string>()
  const dead = new Set<string>()
  const aliases = new Map<string, string>()
  const indexed = new Set(nodes.flatMap(({ inputs }) => inputs))
  const isDead = (tensor: string): boolean => dead.has(tensor) || dead.has(`^${splitTensor(tensor).node}`)
  for (const position of orderOf(nodes)) {
    const { name, op, inputs, controlInputs } = nodes[position]
    if (op === 'Merge') {
      const living = inputs.filter((tensor) => !isDead(tensor))
      if (living.length === 0) kill(name, removed, dead)
      else if (living.length === 1 && inputs.length > 1 && !indexed.has(tensorName(name, 1))) {
        removed.add(name)
        aliases.set(tensorName(name), aliases.get(living[0]) ?? living[0])
      }
      continue
    }
    if (inputs.some(isDead) || controlInputs.some((before) => dead.has(`^${before}`))) {
      kill(name, removed, dead)
      continue
    }
    const truth = op === 'Switch' && inputs.length === 2 ? constantTruth(frame, inputs[1], { find, weights }) : null
    if (truth === null) continue
    removed.add(name)
    dead.add(tensorName(name, truth ? 0 : 1))
    aliases.set(tensorName(name, truth ? 1 : 0), aliases.get(inputs[0]) ?? inputs[0])
  }
  return { removed, dead, aliases }
}

/** A node that never runs; `^name` marks all that it makes. */
function kill(name: string, removed: Set<string>, dead: Set<string>): void {
  removed.add(name)
  dead.add(`^${name}`)
  dead.add(tensorName(name))
}
