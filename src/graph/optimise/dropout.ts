import { producer, type GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import type { GraphNode } from '../types'
import { constantBehind } from './constant'

/** Ops that make random numbers into zeros and ones. */
const thresholds = new Set(['Floor', 'GreaterEqual'])
/** Ops that only hand the mask on. */
const passing = new Set(['Cast', 'Identity'])
/** Ops between the random numbers and the threshold. */
const shifting = new Set(['Add', 'AddV2', 'Sub', 'Mul', 'Cast', 'Identity'])
/** More steps than any spelling of the mask has. */
const deepest = 8

/**
 * What a dropout that was left in the graph gives out once training is over: its input. Known are the spellings of
 * TensorFlow 1, `x / keep · floor(keep + random)`, and of TensorFlow 2, `x · c · cast(random ≥ rate)` and
 * `where(random ≥ rate, x · c, 0)` (`dropout` in tensorflow/python/ops/nn_ops.py). undefined for any other node.
 */
export function dropoutInput(node: GraphNode, index: GraphIndex): string | undefined {
  if (node.op === 'Select' || node.op === 'SelectV2') {
    const [mask, kept, other] = node.inputs
    return isMask(mask, index, deepest) && isConstant(other, index) ? unscaled(kept, index) : undefined
  }
  if (node.op !== 'Mul') return undefined
  const [a, b] = node.inputs
  if (isMask(b, index, deepest)) return unscaled(a, index)
  return isMask(a, index, deepest) ? unscaled(b, index) : undefined
}

/** Whether a tensor is nothing but random numbers held against a threshold; without one they scale, and are no dropout. */
function isMask(tensor: string, index: GraphIndex, depth: number): boolean {
  const node = producer(index, tensor)
  if (!node || depth === 0) return false
  if (passing.has(node.op)) return isMask(node.inputs[0], index, depth - 1)
  return thresholds.has(node.op) && isRandom(node, index, depth - 1)
}

/** Whether a node's inputs are made of random numbers and constants alone. */
function isRandom(node: GraphNode, index: GraphIndex, depth: number): boolean {
  const made = node.inputs.filter((input) => !isConstant(input, index))
  return (
    made.length > 0 &&
    depth > 0 &&
    made.every((input) => {
      const maker = producer(index, input)
      if (maker?.op === 'RandomUniform') return true
      return maker !== undefined && shifting.has(maker.op) && isRandom(maker, index, depth - 1)
    })
  )
}

/** The value before it was scaled up to make good for what is dropped. */
function unscaled(tensor: string, index: GraphIndex): string | undefined {
  const node = producer(index, tensor)
  if (!node || splitTensor(tensor).output !== 0) return undefined
  const [a, b] = node.inputs
  if ((node.op === 'RealDiv' || node.op === 'Div') && isNumber(b, index)) return a
  if (node.op !== 'Mul') return undefined
  if (isNumber(b, index)) return a
  return isNumber(a, index) ? b : undefined
}

const isConstant = (tensor: string, index: GraphIndex): boolean => constantBehind(index, tensor) !== undefined
const isNumber = (tensor: string, index: GraphIndex): boolean => constantBehind(index, tensor)?.shape.length === 0
