import { producer, type GraphIndex, type Use } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import { constantBehind, sizeOf } from '../optimise/constant'
import { opOf } from '../ops'
import type { GraphNode, WeightInfo } from '../types'
import { numberInputs } from './slopes'
import type { TrainedWeight } from './types'

/**
 * The constants that nodes learn: kernels, biases, scales and offsets, but no statistics that training found, and no single
 * numbers, which belong to formulas. In the order in which the nodes take them.
 */
export function trainedWeights(nodes: readonly GraphNode[], index: GraphIndex): TrainedWeight[] {
  const found = new Map<string, TrainedWeight>()
  for (const node of nodes) {
    const kernel = kernelPlace(node)
    for (const place of numberInputs(node)) {
      const info = constantBehind(index, node.inputs[place])
      const isKernel = place === kernel
      if (info?.dtype !== 'float32' || found.has(info.id)) continue
      if (isKernel || (sizeOf(info.shape) > 1 && !isStatistic(node, place, index))) {
        found.set(info.id, trained(info, isKernel))
      }
    }
  }
  return [...found.values()]
}

const trained = ({ id, of, shape }: WeightInfo, isKernel: boolean): TrainedWeight => ({
  id,
  of: of ?? id,
  shape,
  values: sizeOf(shape),
  isKernel,
})

/** Which input of a layer is its kernel; undefined of other nodes. */
function kernelPlace(node: GraphNode): number | undefined {
  const data = opOf(node.op)?.layer?.data
  return data === undefined ? undefined : numberInputs(node).find((place) => place !== data)
}

/** Whether a node is a convolution or a dense layer: one with a constant kernel. */
export function isLayer(node: GraphNode, index: GraphIndex): boolean {
  const kernel = kernelPlace(node)
  return kernel !== undefined && constantBehind(index, node.inputs[kernel]) !== undefined
}

/** Ops that turn a variance, with epsilon added, into what is divided by. */
const roots = new Set(['Rsqrt', 'Sqrt', 'Pow'])
/** Ops that only hand a constant on, or add an epsilon to it. */
const steps = new Set(['Add', 'AddV2', 'Maximum', 'Reshape', 'Identity', 'ExpandDims', 'Cast'])

/** Whether a constant is a mean or a variance that training found, in a batch norm that is fused or spelled out. */
function isStatistic(node: GraphNode, place: number, index: GraphIndex): boolean {
  const norm = opOf(node.op)?.norm
  if (norm) return place === norm.mean || place === norm.variance
  if (opOf(node.op)?.handsWeightOn === true) {
    return usesOf(node, index).some((use) => isStatistic(use.node, use.input, index))
  }
  if (isRooted(node, index, 0)) return true
  if (node.op === 'Sub' && place === 1) return isThenDivided(node, index)
  // mean · scale is taken off the offset, where the scale is made of constants, too.
  return (
    node.op === 'Mul' && isMadeOfRoot(node.inputs[1 - place], index) && takers(node, index).some(isTakenOff(node.name))
  )
}

const usesOf = (node: GraphNode, index: GraphIndex): readonly Use[] => index.uses.get(tensorName(node.name)) ?? []

const takers = (node: GraphNode, index: GraphIndex): readonly GraphNode[] => usesOf(node, index).map((use) => use.node)

const isTakenOff =
  (name: string) =>
  (taker: GraphNode): boolean =>
    taker.op === 'Neg' || (taker.op === 'Sub' && splitTensor(taker.inputs[1]).node === name)

/** Whether what a node makes of a constant alone goes into a root. */
function isRooted(node: GraphNode, index: GraphIndex, depth: number): boolean {
  if (roots.has(node.op)) return node.op !== 'Pow' || constantBehind(index, node.inputs[0]) === undefined || depth > 0
  if (!steps.has(node.op) || depth > 4 || !isMadeOfConstants(tensorName(node.name), index, 0)) return false
  return takers(node, index).some((taker) => isRooted(taker, index, depth + 1))
}

/** Whether x less a constant is then scaled by a root of constants: a batch norm begins so. */
function isThenDivided(node: GraphNode, index: GraphIndex): boolean {
  return takers(node, index).some((taker) =>
    taker.inputs.some((input) => splitTensor(input).node !== node.name && isMadeOfRoot(input, index)),
  )
}

/** Whether a tensor is worked out from constants alone, a root among them. */
function isMadeOfRoot(tensor: string, index: GraphIndex, depth = 0): boolean {
  const node = producer(index, tensor)
  if (!node || depth > 4 || !isMadeOfConstants(tensor, index, 0)) return false
  return roots.has(node.op) || node.inputs.some((input) => isMadeOfRoot(input, index, depth + 1))
}

function isMadeOfConstants(tensor: string, index: GraphIndex, depth: number): boolean {
  const node = producer(index, tensor)
  if (!node || depth > 8) return false
  if (node.op === 'Const') return true
  return node.inputs.length > 0 && node.inputs.every((input) => isMadeOfConstants(input, index, depth + 1))
}
