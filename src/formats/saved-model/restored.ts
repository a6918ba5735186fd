import { parseTensor } from '../../graph/calls/frame'
import type { FunctionGraph, GraphNode, WeightStore } from '../../graph/types'

/** Where a variable's data stands in a checkpoint: its key, and which part where it is one of several (`6 5 0,3:0,5`). */
export interface Restored {
  readonly key: string
  readonly slice: string
}

interface RestoringGraph {
  readonly nodes: readonly GraphNode[]
  readonly functions: readonly FunctionGraph[]
}

const assigning = new Set(['Assign', 'AssignVariableOp'])
const handingOn = new Set(['Identity', 'Reshape', 'Cast'])

/** Nodes as they stand in one place, and what gets out of it. */
interface NodeSite {
  readonly nodes: readonly GraphNode[]
  /** What a tensor is called in the graph itself. */
  readonly outside: (tensor: string) => string
}

/**
 * Which variable, by its node, gets which tensor of the checkpoint, as the saver's own nodes say: what RestoreV2 reads and
 * what is assigned from it, in the graph itself (TensorFlow 1) or in a function that it calls (TensorFlow 2). Where it is
 * known which tensor names the checkpoint, only what is read from that counts: graphs that were trained on from other
 * checkpoints, or that were saved before, restore from those too.
 */
export async function restoredBy(
  { nodes, functions }: RestoringGraph,
  weights: WeightStore,
  checkpointName: string | null,
): Promise<ReadonlyMap<string, Restored>> {
  const restoring = new Map(
    functions.filter((one) => one.nodes.some(({ op }) => op === 'RestoreV2')).map((one) => [one.name, one]),
  )
  const places: NodeSite[] = [{ nodes, outside: (tensor) => tensor }]
  for (const call of nodes) {
    const target = call.attributes.f
    const body = target?.kind === 'function' ? restoring.get(target.name) : undefined
    if (!body) continue
    const handed = new Map(body.inputs.map(({ name }, i) => [name, call.inputs.at(i)]))
    places.push({ nodes: body.nodes, outside: (tensor) => handed.get(parseTensor(tensor).node) ?? tensor })
  }
  const own = await traceAll(places, weights, checkpointName)
  return own.size > 0 || checkpointName === null ? own : traceAll(places, weights, null)
}

async function traceAll(
  places: readonly NodeSite[],
  weights: WeightStore,
  checkpointName: string | null,
): Promise<ReadonlyMap<string, Restored>> {
  const found = new Map<string, Restored>()
  for (const place of places) await trace(place, weights, checkpointName, found)
  return found
}

async function trace(
  { nodes, outside }: NodeSite,
  weights: WeightStore,
  checkpointName: string | null,
  found: Map<string, Restored>,
): Promise<void> {
  const assigned = nodes.filter(({ op, inputs }) => assigning.has(op) && inputs.length > 1)
  if (assigned.length === 0) return
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const texts = new Map<string, Promise<readonly string[]>>()
  const textsOf = (tensor: string | undefined): Promise<readonly string[]> => {
    const id = byName.get(parseTensor(tensor ?? '').node)?.weight ?? ''
    const known = texts.get(id) ?? stringsOf(id, weights)
    texts.set(id, known)
    return known
  }
  for (const { inputs } of assigned) {
    const source = restoreOf(inputs[1], byName)
    if (source === null) continue
    if (checkpointName !== null && !isOf(checkpointName, source.node.inputs.at(0), byName, outside)) continue
    const [keys, slices] = [await textsOf(source.node.inputs.at(1)), await textsOf(source.node.inputs.at(2))]
    const key = keys.at(source.position)
    const variable = parseTensor(outside(inputs[0])).node
    if (key !== undefined && !found.has(variable)) found.set(variable, { key, slice: slices.at(source.position) ?? '' })
  }
}

/** The RestoreV2 that a value comes from, and which of its outputs it is. */
function restoreOf(
  given: string,
  byName: ReadonlyMap<string, GraphNode>,
): { node: GraphNode; position: number } | null {
  let tensor = given
  for (let steps = 0; steps < 16; steps++) {
    const { node: name, position } = parseTensor(tensor)
    const node = byName.get(name)
    if (!node) return null
    if (node.op === 'RestoreV2') return { node, position }
    if (!handingOn.has(node.op) || node.inputs.length === 0) return null
    tensor = node.inputs[0]
  }
  return null
}

/** Whether a tensor is the one that names the checkpoint, or hands it on. */
function isOf(
  checkpointName: string,
  given: string | undefined,
  byName: ReadonlyMap<string, GraphNode>,
  outside: NodeSite['outside'],
): boolean {
  const wanted = parseTensor(checkpointName).node
  let tensor = given
  for (let steps = 0; tensor !== undefined && steps < 16; steps++) {
    if (parseTensor(outside(tensor)).node === wanted) return true
    const node = byName.get(parseTensor(tensor).node)
    tensor = node?.op === 'Identity' ? node.inputs.at(0) : undefined
  }
  return false
}

async function stringsOf(id: string, weights: WeightStore): Promise<readonly string[]> {
  if (id === '') return []
  const values = await weights.values(id)
  return Array.isArray(values) ? values : []
}
