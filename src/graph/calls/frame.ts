import { baseName, scopeOf } from '../lookup/names'
import type { FunctionGraph, GraphNode } from '../types'

/** Nodes with what resolving names in them needs; made once a function. */
export interface Body {
  /** '' for the graph itself. */
  readonly name: string
  readonly nodes: readonly GraphNode[]
  readonly positions: ReadonlyMap<string, number>
  /** Nodes that do nothing but hand on what the function returns. */
  readonly handsOn: ReadonlySet<string>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly returns: Readonly<Record<string, string>>
  /** Whether it has conditions or loops made of nodes, whose control inputs say what runs when. */
  readonly hasSwitches: boolean
}

/** A body where it is called. */
export interface Frame {
  readonly body: Body
  readonly caller: Frame | null
  /** What the caller hands to each argument, as it is written there. */
  readonly handed: ReadonlyMap<string, string>
  /** Stands before the names of its nodes. */
  readonly prefix: string
  /** Where it stands among all nodes: positions of calls, outermost first. */
  readonly place: readonly number[]
  /** The bodies of its calls, by the node that calls; null for nodes that stay as they are. */
  readonly calls: Map<string, Frame | null>
  /** Names of its nodes once outside. */
  readonly names: Map<string, string>
}

/** The nodes of a graph as a body without arguments. */
export function bodyOfGraph(nodes: readonly GraphNode[]): Body {
  return bodyOf({ name: '', nodes, inputs: [], outputs: [], returns: {} })
}

/** A function's body. */
export function bodyOf({ name, nodes, inputs, outputs, returns }: FunctionGraph): Body {
  const positions = new Map(nodes.map((node, position) => [node.name, position]))
  const handsOn = new Set<string>()
  for (const tensor of Object.values(returns)) {
    const position = positions.get(parseTensor(tensor).node)
    for (let at = position; at !== undefined && !handsOn.has(nodes[at].name);) {
      const node = nodes[at]
      if (node.op !== 'Identity' || !/^Identity(_\d+)?$/.test(baseName(node.name))) break
      handsOn.add(node.name)
      at = positions.get(parseTensor(node.inputs[0] ?? '').node)
    }
  }
  return {
    name,
    nodes,
    positions,
    handsOn,
    inputs: inputs.map((input) => input.name),
    outputs: outputs.map((output) => output.name),
    returns,
    hasSwitches: nodes.some(({ op }) => op === 'Switch' || op === 'RefSwitch' || op === 'Enter'),
  }
}

/** The outermost frame, which nothing calls: that of the whole graph, or of the function `name`. */
export function frameOf(body: Body, name = ''): Frame {
  return {
    body: { ...body, name, handsOn: new Set() },
    caller: null,
    handed: new Map(),
    prefix: '',
    place: [],
    calls: new Map(),
    names: new Map(),
  }
}

export interface BodyTensor {
  readonly node: string
  /** The name of the output, where it is given. */
  readonly output: string
  readonly position: number
  /** All that stands after the node's name. */
  readonly rest: string
}

/** `node`, `node:0` or `node:output:0`. */
export function parseTensor(tensor: string): BodyTensor {
  const colon = tensor.indexOf(':')
  if (colon < 0) return { node: tensor, output: '', position: 0, rest: '' }
  const rest = tensor.slice(colon)
  const parts = rest.slice(1).split(':')
  const last = parts[parts.length - 1]
  const isNumber = /^\d+$/.test(last)
  const output = parts.length > 1 || !isNumber ? parts[0] : ''
  return { node: tensor.slice(0, colon), output, position: isNumber ? Number(last) : 0, rest }
}

/** A node's name without that of its function, which constants carry to be unique in the file. */
export function bareName(name: string, body: Body): string {
  return body.name !== '' && name.startsWith(`${body.name}/`) ? name.slice(body.name.length + 1) : name
}

/** What may stand before the names in a body that `call` runs, best first: calls mostly have names that say nothing. */
export function prefixes(call: GraphNode, prefix: string, isBranch: boolean): readonly string[] {
  const own = `${prefix}${call.name}/`
  // The nodes of a branch carry the name of their condition already.
  if (isBranch) return [prefix, own]
  if (!/^(Stateful)?PartitionedCall(_\d+)?$/.test(baseName(call.name))) return [own]
  const scope = scopeOf(call.name)
  return [scope === '' ? prefix : `${prefix}${scope}/`, own]
}
