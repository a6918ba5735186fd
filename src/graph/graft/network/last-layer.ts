import { boolAttribute } from '../../lookup/attributes'
import { splitTensor } from '../../lookup/names'
import { placesOf } from './source'
import type { NetworkNode, NetworkStructure, NetworkWeight } from './types'
import type { Structured } from './structure'

/** The dense layer whose results are the logits. */
export interface LastDense {
  readonly kernel: NetworkWeight
  readonly bias: NetworkWeight | null
  readonly inputs: number
}

const sums = new Set(['BiasAdd', 'Add', 'AddV2'])

/** The dense layer that a network ends in; null where it ends in something else, or another layer has its numbers, too. */
export function lastDense(structure: NetworkStructure): LastDense | null {
  const nodes = new Map(structure.nodes.map((node) => [node.name, node]))
  const weights = new Map(structure.weights.map((weight) => [weight.id, weight]))
  const maker = (tensor: string): NetworkNode | undefined => nodes.get(splitTensor(tensor).node)
  const constant = (tensor: string): NetworkWeight | null => {
    const id = maker(tensor)?.weight
    const isOwn = id !== undefined && isTakenOnce(structure, id)
    return isOwn ? (weights.get(id) ?? null) : null
  }
  const end = maker(structure.output)
  const isSum = end !== undefined && sums.has(end.op)
  const bias = isSum ? constant(end.inputs[1]) : null
  const product = isSum ? maker(end.inputs[0]) : end
  if (product?.op !== 'MatMul' || isTurned(product)) return null
  const kernel = constant(product.inputs[1])
  const isBias = !isSum || bias?.shape.join() === String(structure.outputs)
  if (kernel?.shape.length !== 2 || !isBias || kernel.shape[1] !== structure.outputs) return null
  return { kernel, bias, inputs: kernel.shape[0] }
}

const isTurned = ({ attributes }: NetworkNode): boolean =>
  boolAttribute({ attributes }, 'transpose_a', false) || boolAttribute({ attributes }, 'transpose_b', false)

function isTakenOnce({ nodes }: NetworkStructure, id: string): boolean {
  const holders = nodes.filter(({ weight }) => weight === id).map(({ name }) => name)
  const taken = nodes.flatMap(({ inputs }) => inputs).filter((tensor) => holders.includes(splitTensor(tensor).node))
  return holders.length === 1 && taken.length === 1
}

/** A network with other numbers in the place of its last dense layer’s, for as many outputs as these are for. */
export function withLast(
  { structure, weights }: Structured,
  { kernel, bias }: LastDense,
  fresh: { readonly kernel: Float32Array; readonly bias: Float32Array },
): Structured {
  const outputs = fresh.bias.length
  const own = new Map<string | undefined, Float32Array>([[kernel.id, fresh.kernel]])
  if (bias) own.set(bias.id, fresh.bias)
  const places = placesOf(structure)
  const parts = structure.weights.flatMap(({ id, shape }) => {
    const at = places.get(id)
    if (at === undefined) return []
    return [own.get(id) ?? weights.subarray(at, at + shape.reduce((product, size) => product * size, 1))]
  })
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  const sized = structure.weights.map((weight) => {
    if (weight.id === kernel.id) return { ...weight, shape: [weight.shape[0], outputs] }
    return weight.id === bias?.id ? { ...weight, shape: [outputs] } : weight
  })
  return { structure: { ...structure, outputs, weights: sized }, weights: all }
}
