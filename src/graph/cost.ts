import { boolAttribute, stringAttribute } from './attributes'
import { splitTensor, tensorName } from './names'
import { outputCount } from './ops'
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
  const weightOf = passedOnWeights(graph)
  return new Map(
    graph.nodes.map((node) => {
      const weights = isPassedOn(node) ? [] : parameterWeights(graph, node, weightOf)
      const cost: NodeCost = {
        weights,
        parameters: sum(weights.map((id) => countElements(graph.weights.get(id)?.shape ?? []))),
        multiplyAdds: multiplyAdds(
          node,
          (input) => imageShape(infos.get(node.inputs[input])?.shape),
          outputShape(node, infos),
        ),
        outputBytes: outputBytes(node, infos),
      }
      return [node.name, cost]
    }),
  )
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

/** Ops that pass their first input on, at most in another type or arrangement. */
const passingOps = new Set([
  ...['Identity', 'Cast', 'StopGradient', 'Snapshot', 'Enter', 'ReadVariableOp', 'Dequantize', 'EnsureShape'],
  ...['Reshape', 'ExpandDims', 'Squeeze', 'Transpose', 'FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel'],
])

/** The weight, if any, that each node passes on, by the node's name; constants pass on their own. */
function passedOnWeights(graph: Graph): (tensor: string) => string | undefined {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const found = new Map<string, string | undefined>()
  return (tensor) => {
    const path: string[] = []
    let node = nodes.get(splitTensor(tensor).node)
    while (node && !found.has(node.name)) {
      path.push(node.name)
      // Set at once, so that a circle ends.
      found.set(node.name, node.weight)
      const next: GraphNode | undefined = passingOps.has(node.op)
        ? nodes.get(splitTensor(node.inputs.at(0) ?? '').node)
        : undefined
      if (node.weight !== undefined || next === undefined) break
      node = next
    }
    const weight = node && found.get(node.name)
    for (const name of path) found.set(name, weight)
    return weight
  }
}

/** Whether a node is a constant, or only passes something on. */
function isPassedOn(node: GraphNode): boolean {
  return node.weight !== undefined || passingOps.has(node.op)
}

function parameterWeights(
  graph: Graph,
  node: GraphNode,
  weightOf: (tensor: string) => string | undefined,
): readonly string[] {
  const ids = new Set(node.inputs.flatMap((tensor) => weightOf(tensor) ?? []))
  return [...ids].filter((id) => {
    const info = graph.weights.get(id)
    return info !== undefined && info.shape.length > 0 && (info.dtype.includes('float') || info.dtype === 'quantised')
  })
}

type Sizes = readonly number[] | null

/** Sizes for one image; null where they are not known. */
function imageShape(shape: Shape | null | undefined): Sizes {
  const sizes = shape?.map((size, axis) => size ?? (axis === 0 ? 1 : null))
  return sizes?.every((size) => size !== null) ? sizes : null
}

function outputShape(node: GraphNode, infos: ReadonlyMap<string, TensorInfo>): Sizes {
  return imageShape(infos.get(tensorName(node.name))?.shape)
}

/** Multiply-adds of one node from the sizes of its inputs and its first output. */
function multiplyAdds(node: GraphNode, input: (position: number) => Sizes, output: Sizes): number {
  switch (node.op) {
    case 'Conv1D':
    case 'Conv2D':
    case '_FusedConv2D':
    case 'Conv3D':
      return perOutput(output, input(1), (filter) => countElements(filter.slice(0, -1)))
    case 'DepthwiseConv2d':
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative':
      return perOutput(output, input(1), ([height, width]) => height * width)
    case 'Conv2DBackpropInput':
    case 'Conv3DBackpropInputV2':
      // Every input value is spread over the filter's window in every output channel.
      return perOutput(input(2), input(1), (filter) => countElements(filter.slice(0, -1)))
    case 'MatMul':
    case '_FusedMatMul':
      return perOutput(output, input(0), (left) => left[boolAttribute(node, 'transpose_a', false) ? 0 : 1])
    case 'BatchMatMul':
    case 'BatchMatMulV2':
    case 'BatchMatMulV3':
      return perOutput(output, input(0), (left) => left[left.length - (boolAttribute(node, 'adj_x', false) ? 2 : 1)])
    case 'Einsum':
      return einsumMultiplyAdds(stringAttribute(node, 'equation', ''), [input(0), input(1)])
    default:
      return 0
  }
}

/** `each` multiply-adds an element; 0 where sizes are not known or are not such as the op takes. */
function perOutput(output: Sizes, operand: Sizes, each: (operand: readonly number[]) => number): number {
  const count = output && operand ? countElements(output) * each(operand) : 0
  return Number.isFinite(count) ? count : 0
}

/** A product of two operands: every combination of the letters' values is one multiply-add. */
function einsumMultiplyAdds(equation: string, operands: readonly Sizes[]): number {
  const terms = equation.replaceAll(' ', '').split('->')[0].split(',')
  if (terms.length !== 2 || equation.includes('...')) return 0
  const sizes = new Map<string, number>()
  terms.forEach((term, position) => {
    term.split('').forEach((letter, axis) => sizes.set(letter, operands[position]?.[axis] ?? 0))
  })
  return countElements([...sizes.values()])
}

const bytesPerElement: Readonly<Partial<Record<DType, number>>> = {
  ...{ float64: 8, int64: 8, uint64: 8, complex64: 8, complex128: 16 },
  ...{ float32: 4, int32: 4, uint32: 4, float16: 2, bfloat16: 2, int16: 2, uint16: 2, int8: 1, uint8: 1, bool: 1 },
}

function outputBytes(node: GraphNode, infos: ReadonlyMap<string, TensorInfo>): number {
  return sum(
    Array.from({ length: outputCount(node) }, (_, output) => tensorBytes(infos.get(tensorName(node.name, output)))),
  )
}

/** Bytes of a tensor for one image; 0 where its shape or type is not known. */
export function tensorBytes(info: TensorInfo | undefined): number {
  const shape = imageShape(info?.shape)
  return shape && info ? countElements(shape) * (bytesPerElement[info.dtype] ?? 0) : 0
}

function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
