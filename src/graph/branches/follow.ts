import { constantTruth } from '../calls/condition'
import { bodyOfGraph, frameOf, parseTensor } from '../calls/frame'
import { splitTensor, tensorName } from '../lookup/names'
import { orderOf } from '../lookup/order'
import type { GraphNode, WeightInfo } from '../types'

export interface Branches {
  /** Nodes that go. */
  readonly removed: ReadonlySet<string>
  /** Tensors that never have a value. */
  readonly dead: ReadonlySet<string>
  /** What tensors that go are. */
  readonly aliases: ReadonlyMap<string, string>
  /** Inputs that say which branch is taken, with what they are taken to be. */
  readonly flags: ReadonlyMap<string, boolean>
}

/** Which branch of each condition made of Switch and Merge is taken, where its value is the same in every run. */
export function followBranches(nodes: readonly GraphNode[], weights: ReadonlyMap<string, WeightInfo>): Branches {
  const frame = frameOf(bodyOfGraph(nodes))
  const find = (_: unknown, tensor: string) => {
    const at = frame.body.positions.get(parseTensor(tensor).node)
    return { frame, node: at === undefined ? null : nodes[at], tensor }
  }
  const removed = new Set<string>()
  const dead = new Set<string>()
  const aliases = new Map<string, string>()
  const flags = new Map<string, boolean>()
  const ops = new Map(nodes.map(({ name, op }) => [name, op]))
  const comesRound = (tensor: string): boolean => ops.get(splitTensor(tensor).node) === 'NextIteration'
  const indexed = new Set(nodes.flatMap(({ inputs }) => inputs))
  const isDead = (tensor: string): boolean => dead.has(tensor) || dead.has(`^${splitTensor(tensor).node}`)
  for (const position of orderOf(nodes)) {
    const { name, op, inputs, controlInputs } = nodes[position]
    if (op === 'Merge') {
      // What comes round in a loop lives only if the loop is entered.
      const living = inputs.some((tensor) => !isDead(tensor) && !comesRound(tensor))
        ? inputs.filter((tensor) => !isDead(tensor))
        : []
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
    const truth =
      op === 'Switch' && inputs.length === 2 ? constantTruth(frame, inputs[1], { find, weights, flags }) : null
    if (truth === null) continue
    removed.add(name)
    dead.add(tensorName(name, truth ? 0 : 1))
    aliases.set(tensorName(name, truth ? 1 : 0), aliases.get(inputs[0]) ?? inputs[0])
  }
  return { removed, dead, aliases, flags }
}

/** Marks a node that never runs; `^name` stands for all that it makes. */
function kill(name: string, removed: Set<string>, dead: Set<string>): void {
  removed.add(name)
  dead.add(`^${name}`)
  dead.add(tensorName(name))
}
