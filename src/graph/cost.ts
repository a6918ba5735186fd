import { firstOutputs, linksOf } from './lookup/links'
import { tensorName } from './lookup/names'
import { countElements, type Sizes } from './multiply-adds'
import { outputCount } from './op-tables/ops'
import { opOf } from './ops'
import type { DType, Graph, GraphNode, Shape, TensorInfo } from './types'

/** What a node weighs. */
export interface NodeCost {
  /** Ids of the float weights of rank 1 or more that the node computes with. */
  readonly weights: readonly string[]
  /** Their elements. */
  readonly parameters: number
  /** Multiply-add operations for one image. */
  readonly multiplyAdds: number
  /** Bytes of all outputs for one image. */
  readonly outputBytes: number
}

export interface TotalCost {
  readonly parameters: number
  readonly multiplyAdds: number
  /** Bytes as stored in the file. */
  readonly weightBytes: number
}

/**
 * The cost of every node, by name, for one image: where the first dimension is not known it counts as 1. Where another
 * size is not known the count is 0; infer with feeds for exact figures.
 *
 * Multiply-adds are counted as papers on networks for phones do: for convolutions and products of matrices only, an
 * add and its multiply being one; biases, activations, normalisation, pooling and elementwise arithmetic count 0
 * (see https://arxiv.org/abs/1704.04861, section 3.1).
 *
 * A weight is counted where it is computed with, found through operations that only pass it on. Single numbers (an
 * epsilon, the 6 of a Relu6) and integers (axes, shapes) are no parameters.
 */
export function nodeCosts(graph: Graph, infos: ReadonlyMap<string, TensorInfo>): ReadonlyMap<string, NodeCost> {
  const { nodes } = graph
  const weightsOf = parameterWeights(graph)
  const firsts = firstOutputs(nodes)
  const bytesOf = remembered(tensorBytes)
  const costs = new Map<string, NodeCost>()
  // Constants, and all else that neither weighs nor computes, share their cost with those that are as large.
  const weightless = new Map<number, NodeCost>()
  nodes.forEach((node, position) => {
    const first = infos.get(firsts[position])
    let outputBytes = bytesOf(first)
    for (let output = outputCount(node) - 1; output > 0; output--) {
      outputBytes += bytesOf(infos.get(tensorName(node.name, output)))
    }
    if (outputCount(node) === 0) outputBytes = 0
    const weights = isPassedOn(node) ? none : weightsOf(position)
    const multiplyAdds =
      opOf(node.op)?.multiplyAdds?.(
        node,
        (input) => imageShape(infos.get(node.inputs[input])?.shape),
        () => imageShape(first?.shape),
      ) ?? 0
    const isWeightless = weights.length === 0 && multiplyAdds === 0
    const cost = (isWeightless ? weightless.get(outputBytes) : undefined) ?? {
      weights,
      parameters: sum(weights.map((id) => countElements(graph.weights.get(id)?.shape ?? []))),
      multiplyAdds,
      outputBytes,
    }
    if (isWeightless) weightless.set(outputBytes, cost)
    costs.set(node.name, cost)
  })
  return costs
}

const none: readonly string[] = []

/** Infos are shared by many tensors: what follows from one is worked out once. */
function remembered(work: (info: TensorInfo | undefined) => number): (info: TensorInfo | undefined) => number {
  const known = new Map<TensorInfo | undefined, number>()
  return (info) => {
    const before = known.get(info)
    if (before !== undefined) return before
    const value = work(info)
    known.set(info, value)
    return value
  }
}

/** The cost of some nodes together; a weight that several of them share is counted once. */
export function totalCost(graph: Graph, costs: ReadonlyMap<string, NodeCost>, nodeNames: Iterable<string>): TotalCost {
  const weights = new Set<string>()
  let multiplyAdds = 0
  for (const name of nodeNames) {
    const cost = costs.get(name)
    multiplyAdds += cost?.multiplyAdds ?? 0
    cost?.weights.forEach((id) => weights.add(id))
  }
  const infos = [...weights].flatMap((id) => graph.weights.get(id) ?? [])
  return {
    parameters: sum(infos.map((info) => countElements(info.shape))),
    multiplyAdds,
    weightBytes: sum(infos.map((info) => info.bytes)),
  }
}

/** Whether a node is a constant, or only passes something on. */
function isPassedOn(node: GraphNode): boolean {
  return node.weight !== undefined || opOf(node.op)?.handsWeightOn === true
}

/** The ids of the weights that the node at a position computes with. */
function parameterWeights({ nodes, weights }: Graph): (position: number) => readonly string[] {
  const { starts, makers } = linksOf(nodes)
  const weightBehind = passedOnWeights(nodes)
  const isParameter = (id: string): boolean => {
    const info = weights.get(id)
    return info !== undefined && info.shape.length > 0 && (info.dtype.includes('float') || info.dtype === 'quantised')
  }
  return (position) => {
    let found = none
    for (let edge = starts[position]; edge < starts[position + 1]; edge++) {
      const id = makers[edge] < 0 ? undefined : weightBehind(makers[edge])
      if (id !== undefined && !found.includes(id) && isParameter(id)) found = [...found, id]
    }
    return found
  }
}

/** The weight, if any, that the node at a position passes on; constants pass on their own. */
function passedOnWeights(nodes: readonly GraphNode[]): (position: number) => string | undefined {
  const { starts, makers } = linksOf(nodes)
  /** For each node the position of the constant behind it: -1 for none, -2 where nobody has asked yet. */
  const constants = new Int32Array(nodes.length).fill(-2)
  return (position) => {
    const path: number[] = []
    let at = position
    while (at >= 0 && constants[at] === -2) {
      path.push(at)
      const { weight, op } = nodes[at]
      // Set at once, so that a circle ends.
      constants[at] = weight === undefined ? -1 : at
      if (weight !== undefined || opOf(op)?.handsWeightOn !== true) break
      at = starts[at] < starts[at + 1] ? makers[starts[at]] : -1
    }
    const constant = at < 0 ? -1 : constants[at]
    for (const passed of path) constants[passed] = constant
    return constant < 0 ? undefined : nodes[constant].weight
  }
}

/** Sizes for one image; null where they are not known. */
function imageShape(shape: Shape | null | undefined): Sizes {
  const sizes = shape?.map((size, axis) => size ?? (axis === 0 ? 1 : null))
  return sizes?.every((size) => size !== null) ? sizes : null
}

const bytesPerElement: Readonly<Partial<Record<DType, number>>> = {
  ...{ float64: 8, int64: 8, uint64: 8, complex64: 8, complex128: 16 },
  ...{ float32: 4, int32: 4, uint32: 4, float16: 2, bfloat16: 2, int16: 2, uint16: 2, int8: 1, uint8: 1, bool: 1 },
}

/** Bytes of a tensor for one image; 0 where its shape or type is not known. */
export function tensorBytes(info: TensorInfo | undefined): number {
  const shape = imageShape(info?.shape)
  return shape && info ? countElements(shape) * (bytesPerElement[info.dtype] ?? 0) : 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
