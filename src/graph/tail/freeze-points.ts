import { indexGraph, producer, type GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { inferShapes } from '../shapes'
import type { Graph, GraphNode, TensorInfo } from '../types'
import { dataInputs, dataPath } from './flow'
import { stoppedBy } from './slopes'
import type { FreezePoint, FreezePoints, TailRefusal } from './types'
import { isLayer, trainedWeights } from './weights'

/**
 * Where a tail that ends at `output` can begin: the tensors that all data goes through, in its order, as long as everything
 * behind hands slopes back. `graph` was taken apart by the passes of `loosen.ts`. Linear in nodes and edges.
 */
export function freezePoints(graph: Graph, output: string): FreezePoints {
  const index = indexGraph(graph)
  const infos = inferShapes(graph)
  const path = dataPath(index, output)
  const stop = path.findLastIndex((node) => stoppedBy(node, index, infos) !== null)
  const narrow = narrowTensors(path, output)
  const after = learningAfter(path, index)
  const points = narrow.flatMap(({ tensor, position }): FreezePoint[] => {
    const learning = after[position]
    // The last one is the output itself.
    const isFirm = position >= stop && tensor !== output && areMaps(tensor, infos)
    return isFirm && learning.parameters > 0 ? [{ tensor, ...learning }] : []
  })
  return { points, stopped: refusalOf(path.at(stop), stop, index, infos) }
}

function refusalOf(
  node: GraphNode | undefined,
  stop: number,
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
): TailRefusal | null {
  const why = stop < 0 || !node ? null : stoppedBy(node, index, infos)
  // What ends at the network's own input is stopped by nothing.
  if (!node || why === null || index.graph.inputs.some(({ tensor }) => splitTensor(tensor).node === node.name)) {
    return null
  }
  return { code: 'operation', node: node.name, op: node.op, why }
}

/** Whether a tensor holds floats of which all sizes but the batch's are known, and is all that its node makes. */
export function areMaps(tensor: string, infos: ReadonlyMap<string, TensorInfo>): boolean {
  const info = infos.get(tensor)
  const shape = info?.dtype === 'float32' && splitTensor(tensor).output === 0 ? info.shape : null
  return shape !== null && shape.length >= 2 && shape.length <= 4 && !shape.slice(1).includes(null)
}

/** Tensors that all data goes through, with the place on the path of the node that makes each. */
function narrowTensors(path: readonly GraphNode[], output: string): readonly { tensor: string; position: number }[] {
  const names = new Set(path.map(({ name }) => name))
  const takes = path.map((node) => dataInputs(node).filter((tensor) => names.has(splitTensor(tensor).node)))
  const lastUse = new Map<string, number>([[output, path.length]])
  takes.forEach((tensors, position) => {
    for (const tensor of tensors) if (tensor !== output) lastUse.set(tensor, position)
  })
  const made = new Map<string, string[]>()
  for (const tensor of lastUse.keys()) {
    const { node } = splitTensor(tensor)
    made.set(node, [...(made.get(node) ?? []), tensor])
  }
  const open = new Set<string>()
  return path.flatMap(({ name }, position) => {
    for (const tensor of takes[position]) if (lastUse.get(tensor) === position) open.delete(tensor)
    for (const tensor of made.get(name) ?? []) open.add(tensor)
    const [only, ...others] = open
    return others.length === 0 && splitTensor(only).node === name ? [{ tensor: only, position }] : []
  })
}

/** What learns behind each place of the path; a weight that is taken twice counts where it is taken last. */
function learningAfter(path: readonly GraphNode[], index: GraphIndex): readonly Omit<FreezePoint, 'tensor'>[] {
  const counted = new Set(path.map(({ name }) => name))
  const seen = new Set<string>()
  let [layers, parameters] = [0, 0]
  const after: Omit<FreezePoint, 'tensor'>[] = []
  for (const node of [...path].reverse()) {
    after.push({ layers, parameters })
    if (isLayer(node, index)) layers += 1
    for (const { id, values } of trainedWeights([node, ...besideNode(node, index, counted)], index)) {
      if (!seen.has(id)) parameters += values
      seen.add(id)
    }
  }
  return after.reverse()
}

/** Nodes that make of constants what a node takes; each only once, as `counted` tells. */
function besideNode(node: GraphNode, index: GraphIndex, counted: Set<string>): readonly GraphNode[] {
  const found: GraphNode[] = []
  const open = [...dataInputs(node)]
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const maker = producer(index, tensor)
    if (!maker || maker.weight !== undefined || counted.has(maker.name)) continue
    counted.add(maker.name)
    found.push(maker)
    for (const input of dataInputs(maker)) open.push(input)
  }
  return found
}
