import { overlayWeights, type NewWeight, type NewWeights } from '../../lookup/weights'
import { sizeOf } from '../../optimise/constant'
import { splitTensor } from '../../lookup/names'
import type { Graph, GraphNode, WeightStore, WeightValues } from '../../types'
import type { NetworkNode, NetworkStructure, NetworkWeight } from './types'

/** The constants of a network by their ids. */
export function weightsOf({ weights }: Pick<NetworkStructure, 'weights'>, numbers: Float32Array): NewWeights {
  let at = 0
  return new Map(
    weights.map((weight): [string, NewWeight] => {
      const { id, dtype, shape, values } = weight
      const held = values ? typed(weight, values) : numbers.subarray(at, (at += sizeOf(shape)))
      const info = { id, dtype, shape, bytes: Array.isArray(held) ? 0 : held.byteLength }
      return [id, { info: values ? { ...info, small: values } : info, values: held }]
    }),
  )
}

function typed({ dtype }: NetworkWeight, values: readonly number[]): WeightValues {
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values)
}

/** How many numbers the constants of float32 have together. */
export const lengthOf = ({ weights }: Pick<NetworkStructure, 'weights'>): number =>
  weights.reduce((sum, { shape, values }) => sum + (values ? 0 : sizeOf(shape)), 0)

/** Where the numbers of each constant of float32 begin. */
export function placesOf({ weights }: Pick<NetworkStructure, 'weights'>): ReadonlyMap<string, number> {
  let at = 0
  const places = new Map<string, number>()
  for (const { id, shape, values } of weights) {
    if (values) continue
    places.set(id, at)
    at += sizeOf(shape)
  }
  return places
}

const empty: WeightStore = {
  raw: () => Promise.reject(new Error('no such weight')),
  values: () => Promise.reject(new Error('no such weight')),
}

/** A network as a graph that stands by itself, from its input to its logits. */
export function graphOf(
  structure: NetworkStructure,
  numbers: Float32Array,
): { readonly graph: Graph; readonly weights: WeightStore } {
  const made = weightsOf(structure, numbers)
  return { graph: structureGraph(structure, made), weights: overlayWeights(empty, made) }
}

/** The same of the structure alone. */
export function structureGraph(structure: NetworkStructure, made: NewWeights): Graph {
  const { input, inputShape, output, outputs, nodes } = structure
  return {
    nodes: nodes.map(nodeOf),
    weights: new Map([...made].map(([id, { info }]) => [id, info])),
    inputs: [{ key: 'features', tensor: input, dtype: 'float32', shape: [null, ...inputShape] }],
    outputs: [{ key: 'logits', tensor: output, dtype: 'float32', shape: [null, outputs] }],
    functions: [],
    scopes: new Map(),
  }
}

const nodeOf = (node: NetworkNode): GraphNode => ({ ...node, controlInputs: [] })

/** The name of the node that takes the values of a cut. */
export const inputNode = ({ input }: Pick<NetworkStructure, 'input'>): string => splitTensor(input).node
