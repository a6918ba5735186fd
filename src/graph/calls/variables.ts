import { dtypeAttribute, intAttribute } from '../lookup/attributes'
import { opOf } from '../ops'
import { constantNames } from './names'
import { parseTensor } from './frame'
import { tensorName } from '../lookup/names'
import type { Attribute, Attributes, DType, FunctionGraph, GraphNode } from '../types'

/** A graph whose calls are inlined, and its functions. */
export interface WithVariables {
  readonly nodes: readonly GraphNode[]
  readonly functions: readonly FunctionGraph[]
}

/** Ops of variables that are resources, whose handles are what other nodes take. */
const handleOps = new Set(['VarHandleOp'])

/**
 * Puts constants in the place of variables: `weights` has the id of the data by the variable's node. What reads a
 * variable takes the constant; functions that take the handle of one take its value. A constant stands in the scope of
 * what reads it (`model/conv/kernel`) where the variable stood in one of its own. Variables without data stay.
 */
export function inlineVariables(
  { nodes, functions }: WithVariables,
  weights: ReadonlyMap<string, string>,
): WithVariables {
  const handles = new Map<string, DType>()
  for (const node of nodes) {
    if (weights.has(node.name) && handleOps.has(node.op)) {
      handles.set(tensorName(node.name), dtypeAttribute(node, 'dtype', 'unknown'))
    }
  }
  const renamed = constantNames(nodes, new Set([...handles.keys()].map((tensor) => parseTensor(tensor).node)))
  const special = new Specialised(functions)
  const rewritten = rewrite(nodes, handles, special)
  const rename = (tensor: string): string => {
    const { node, rest } = parseTensor(tensor)
    return (renamed.get(node) ?? node) + rest
  }
  const named = rewritten.nodes.map((node) => {
    const weight = weights.get(node.name)
    const name = renamed.get(node.name) ?? node.name
    const inputs = node.inputs.map(rename)
    if (weight === undefined) return { ...node, name, inputs }
    return { name, op: 'Const', inputs: [], controlInputs: [], attributes: constantAttributes(node), weight }
  })
  return { nodes: besideReaders(named, new Set(renamed.values())), functions: special.finish() }
}

/** The nodes with those of `names` moved before what first takes them: views show scopes in the order of their nodes. */
function besideReaders(nodes: readonly GraphNode[], names: ReadonlySet<string>): GraphNode[] {
  const moving = new Map(nodes.filter(({ name }) => names.has(name)).map((node) => [tensorName(node.name), node]))
  const ordered: GraphNode[] = []
  for (const node of nodes) {
    if (names.has(node.name)) continue
    for (const tensor of node.inputs) {
      const constant = moving.get(tensor)
      if (constant && moving.delete(tensor)) ordered.push(constant)
    }
    ordered.push(node)
  }
  return [...ordered, ...moving.values()]
}

function constantAttributes(node: GraphNode): Attributes {
  return { dtype: { kind: 'dtype', value: dtypeAttribute(node, 'dtype', 'float32') } }
}

/** Nodes that take values where they took handles, and what each tensor is that is no longer made. */
function rewrite(
  nodes: readonly GraphNode[],
  handles: ReadonlyMap<string, DType>,
  special: Specialised,
): { nodes: GraphNode[]; aliases: ReadonlyMap<string, string> } {
  const values = new Map(handles)
  const aliases = new Map<string, string>()
  const known = (tensor: string): string => aliases.get(tensor) ?? aliases.get(withoutZero(tensor)) ?? tensor
  const valueOf = (tensor: string): DType | undefined => values.get(known(tensor))
  // In loops made of nodes a reader may stand before what it reads, so that aliases are found first.
  for (let found = -1; found !== aliases.size;) {
    found = aliases.size
    for (const node of nodes) {
      for (const [output, input] of passedOn(node, valueOf)) aliases.set(output, known(input))
    }
  }
  const kept = nodes.filter((node) => !isReader(node, valueOf))
  return {
    nodes: kept.map((node) => {
      const taken = node.inputs.map((tensor) => valueOf(tensor) ?? null)
      const given = { ...node, inputs: node.inputs.map(known) }
      return taken.some((dtype) => dtype !== null) ? special.withValues(given, taken) : given
    }),
    aliases,
  }
}

type ValueOf = (tensor: string) => DType | undefined

/** Nodes that do nothing once a handle is a value. */
function isReader({ op, inputs }: GraphNode, valueOf: ValueOf): boolean {
  return (op === 'ReadVariableOp' || op === 'Identity') && inputs.length > 0 && valueOf(inputs[0]) !== undefined
}

/** Outputs that are one of the node's inputs, in every spelling that may stand in a body. */
function passedOn(node: GraphNode, valueOf: ValueOf): [string, string][] {
  const { name, op, inputs } = node
  if (isReader(node, valueOf)) {
    return ['', ':0', ':value:0', ':output:0'].map((rest) => [name + rest, inputs[0]])
  }
  if (op !== 'While' && op !== 'StatelessWhile') return []
  return inputs.flatMap((tensor, i): [string, string][] =>
    valueOf(tensor) === undefined
      ? []
      : [
          [`${name}:${i}`, tensor],
          [`${name}:output:${i}`, tensor],
        ],
  )
}

const withoutZero = (tensor: string): string => (tensor.endsWith(':0') ? tensor.slice(0, -2) : tensor)

/** Ops on a variable's handle, as what they are on its value. */
function onValue(node: GraphNode): GraphNode {
  const { dtype, Tindices, ...others } = node.attributes
  switch (node.op) {
    case 'ResourceGather':
      if (intAttribute(node, 'batch_dims', 0) !== 0) return node
      return { ...node, op: 'Gather', attributes: { ...gatherOnly(others), ...kinds(dtype, Tindices) } }
    case 'ResourceGatherNd':
      return { ...node, op: 'GatherNd', attributes: kinds(dtype, Tindices) }
    case 'VariableShape':
      return { ...node, op: 'Shape' }
    default:
      return node
  }
}

const kinds = (dtype: Attribute | undefined, indices: Attribute | undefined): Attributes => ({
  ...(dtype && { Tparams: dtype }),
  ...(indices && { Tindices: indices }),
})

const gatherOnly = ({ validate_indices: validate }: Attributes): Attributes =>
  validate ? { validate_indices: validate } : {}

/** Functions, and those made of them that take values where handles were handed to them. */
class Specialised {
  readonly #functions: ReadonlyMap<string, FunctionGraph>
  readonly #made = new Map<string, FunctionGraph | null>()
  readonly #unchanged: readonly FunctionGraph[]

  constructor(functions: readonly FunctionGraph[]) {
    this.#functions = new Map(functions.map((definition) => [definition.name, definition]))
    this.#unchanged = functions
  }

  /** All of them; which are still needed is not looked at. */
  finish(): FunctionGraph[] {
    return [...this.#unchanged, ...[...this.#made.values()].flatMap((definition) => definition ?? [])]
  }

  /** A node that takes values at those inputs whose type is given, and so do the functions it runs. */
  withValues(node: GraphNode, taken: readonly (DType | null)[]): GraphNode {
    const call = opOf(node.op)?.calls
    if (call === undefined) return onValue(node)
    const { own, types } = call
    const handed = taken.slice(own)
    const attributes = Object.entries(node.attributes).map(([name, attribute]) => {
      if (attribute?.kind === 'function') return [name, this.#call(attribute, handed)] as const
      if (attribute?.kind !== 'list') return [name, attribute] as const
      if (name === types) return [name, typesWith(attribute.items, handed)] as const
      return [name, { ...attribute, items: attribute.items.map((item) => this.#call(item, handed)) }] as const
    })
    return { ...node, attributes: Object.fromEntries(attributes) }
  }

  #call(attribute: Attribute, handed: readonly (DType | null)[]): Attribute {
    return attribute.kind === 'function' ? { ...attribute, name: this.#specialise(attribute.name, handed) } : attribute
  }

  #specialise(name: string, handed: readonly (DType | null)[]): string {
    const definition = this.#functions.get(name)
    if (!definition) return name
    const made = `${name}__${handed.map((dtype) => (dtype === null ? '_' : 'v')).join('')}`
    if (this.#made.has(made)) return made
    this.#made.set(made, null)
    const values = new Map<string, DType>()
    const inputs = definition.inputs.map((input, i) => {
      const dtype = handed.at(i)
      if (!dtype) return input
      values.set(input.name, dtype)
      return { ...input, dtype }
    })
    const { nodes, aliases } = rewrite(definition.nodes, values, this)
    const returns = Object.entries(definition.returns).map(
      ([key, tensor]) => [key, aliases.get(tensor) ?? tensor] as const,
    )
    const returned = new Map(returns)
    const outputs = definition.outputs.map((output) => {
      const dtype = values.get(returned.get(output.name) ?? '')
      return dtype ? { ...output, dtype } : output
    })
    this.#made.set(made, { ...definition, name: made, inputs, outputs, nodes, returns: Object.fromEntries(returns) })
    return made
  }
}

function typesWith(items: readonly Attribute[], handed: readonly (DType | null)[]): Attribute {
  return {
    kind: 'list',
    items: items.map((item, i) => {
      const dtype = handed.at(i)
      return dtype ? { kind: 'dtype', value: dtype } : item
    }),
  }
}
