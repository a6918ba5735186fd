import { outputNamed } from './bodies-outputs'
import { splitTensor, tensorName } from '../lookup/names'
import { opOf } from '../ops'
import type { Attribute, FunctionGraph, Graph, GraphNode } from '../types'
import { uniqueName } from '../lookup/unique-name'

/** Bodies are shown within bodies so deep, and so many nodes are added; calls beyond that stay single nodes. */
const deepest = 8
const mostAdded = 50_000

/** In files attributes stand in any order. */
const bodyOrder = ['cond', 'body', 'then_branch', 'else_branch']

/**
 * A graph for viewing, in which the bodies of the functions that nodes call stand beside those nodes, under their names:
 * `CALL/then_branch/NODE`, `CALL/body/NODE`, or `CALL/FUNCTION/NODE`. What a body takes is what is handed to the call; the
 * call itself takes what the bodies return (after the condition, if it has one), and still makes what it made. The loop
 * of a While is thus not closed: its body is seen running once. `functionOf` tells the function of each node added. The
 * given graph stays as it is.
 */
export function withBodies(graph: Graph): { graph: Graph; functionOf: ReadonlyMap<string, string> } {
  const functions = new Map(graph.functions.map((each) => [each.name, each]))
  const functionOf = new Map<string, string>()
  if (functions.size === 0) return { graph, functionOf }
  const taken = new Set(graph.nodes.map((node) => node.name))
  const nodes = inline({ functions, functionOf, taken, nodes: [] }, graph.nodes, [])
  return { graph: { ...graph, nodes }, functionOf }
}

interface Inlining {
  readonly functions: ReadonlyMap<string, FunctionGraph>
  readonly functionOf: Map<string, string>
  readonly taken: Set<string>
  /** The nodes so far. */
  readonly nodes: GraphNode[]
}

/** Adds nodes to those there are, each call after the bodies of what it calls. */
function inline(inlining: Inlining, nodes: readonly GraphNode[], inside: readonly string[]): GraphNode[] {
  for (const node of nodes) {
    const called = calledBy(node, inlining, inside)
    inlining.nodes.push(called.length > 0 ? inlineCall(inlining, node, called, inside) : node)
  }
  return inlining.nodes
}

interface Called {
  /** What its body is called beside other bodies of the same call. */
  readonly label: string
  readonly body: FunctionGraph
}

/** The functions that a node calls; none if one of them is not there or must not be shown here. */
function calledBy(node: GraphNode, { functions, functionOf }: Inlining, inside: readonly string[]): Called[] {
  const names = functionNames(node, functions)
  const called = names.flatMap(({ label, name }) => {
    const body = functions.get(name)
    return body && !inside.includes(name) ? [{ label, body }] : []
  })
  const added = called.reduce((sum, { body }) => sum + body.nodes.length, functionOf.size)
  return called.length < names.length || inside.length >= deepest || added > mostAdded ? [] : called
}

function functionNames(
  node: GraphNode,
  functions: ReadonlyMap<string, FunctionGraph>,
): { label: string; name: string }[] {
  // Old graphs name the function as the op.
  if (functions.has(node.op)) return [{ label: node.op, name: node.op }]
  if (!opOf(node.op)?.calls) return []
  const isPlain = node.op.endsWith('PartitionedCall')
  const attributes = Object.entries(node.attributes).sort(([a], [b]) => bodyOrder.indexOf(a) - bodyOrder.indexOf(b))
  return attributes.flatMap(([attribute, value]) => {
    if (value?.kind === 'function') return [{ label: isPlain ? value.name : attribute, name: value.name }]
    const items: readonly Attribute[] = value?.kind === 'list' ? value.items : []
    return items.flatMap((item, i) =>
      item.kind === 'function' ? [{ label: `${attribute}_${i}`, name: item.name }] : [],
    )
  })
}

/** Adds the bodies that a call runs; returns the call, taking what they return. */
function inlineCall(
  inlining: Inlining,
  call: GraphNode,
  called: readonly Called[],
  inside: readonly string[],
): GraphNode {
  const own = opOf(call.op)?.calls?.own ?? 0
  const handed = call.inputs.slice(own)
  const used = new Set<string>()
  const returned: string[] = []
  for (const { label, body } of called) {
    const scope = bodyScope(inlining, `${call.name}/${label}`, body, handed)
    // The new names are all taken before inner bodies ask for theirs.
    const nodes = body.nodes.map((node) => renamed(node, scope))
    for (const node of nodes) {
      inlining.functionOf.set(node.name, body.name)
      for (const tensor of node.inputs) used.add(tensor)
    }
    inline(inlining, nodes, [...inside, body.name])
    for (const { name } of body.outputs) {
      const tensor = Object.hasOwn(body.returns, name) ? scope.resolve(body.returns[name]) : undefined
      if (tensor !== undefined) returned.push(tensor)
    }
  }
  // What no body takes still goes to the call, or it would seem to go nowhere.
  const unused = handed.filter((tensor) => !used.has(tensor))
  return { ...call, inputs: [...call.inputs.slice(0, own), ...new Set([...returned, ...unused])] }
}

/** How the names in one body are to be read outside it. */
interface BodyScope {
  /** The node's name in the graph, by its name in the body. */
  readonly names: ReadonlyMap<string, string>
  /** A tensor of the body as the graph writes it; undefined where nothing makes it. */
  readonly resolve: (tensor: string) => string | undefined
}

function bodyScope({ taken }: Inlining, path: string, body: FunctionGraph, handed: readonly string[]): BodyScope {
  const names = new Map<string, string>()
  const nodes = new Map<string, GraphNode>()
  for (const node of body.nodes) {
    // Constants that were frozen into a body carry the function's name as well.
    const own = node.name.startsWith(`${body.name}/`) ? node.name.slice(body.name.length + 1) : node.name
    const name = uniqueName(`${path}/${own}`, (known) => taken.has(known))
    taken.add(name)
    names.set(node.name, name)
    nodes.set(node.name, node)
  }
  const handedTo = new Map(body.inputs.map(({ name }, i) => [name, handed.at(i)]))
  return {
    names,
    resolve(tensor) {
      const { node: name, output } = splitTensor(tensor)
      if (handedTo.has(name)) return handedTo.get(name)
      // `node:output_name:0`, or `node:0` where a body is written as graphs are.
      const colon = name.lastIndexOf(':')
      const [maker, outputName] = colon < 0 ? [name, ''] : [name.slice(0, colon), name.slice(colon + 1)]
      const node = nodes.get(maker)
      const inGraph = names.get(maker)
      return node && inGraph !== undefined ? tensorName(inGraph, outputNamed(node, outputName, output)) : undefined
    },
  }
}

/** A node of a body as it stands in the graph. */
function renamed(node: GraphNode, { names, resolve }: BodyScope): GraphNode {
  return {
    ...node,
    name: names.get(node.name) ?? node.name,
    inputs: node.inputs.flatMap((tensor) => resolve(tensor) ?? []),
    controlInputs: node.controlInputs.flatMap((name) => names.get(name) ?? []),
  }
}
