import { splitTensor, tensorName } from '../../lookup/names'
import { topologicalOrder } from '../../lookup/order'
import { uniqueName } from '../../lookup/unique-name'
import type { Tail } from '../../tail/types'
import type { Attribute, Attributes, Graph, WeightValues } from '../../types'
import type { NetworkNode, NetworkStructure, NetworkWeight } from './types'

/** A structure with its numbers. */
export interface Structured {
  readonly structure: NetworkStructure
  readonly weights: Float32Array
}

/** A network that was taken apart, as it is kept: with plain names, each node behind those that it takes. */
export async function structured(
  { graph, weights: store, freeze, output }: Pick<Tail, 'graph' | 'weights' | 'freeze' | 'output'>,
  sizes: Pick<NetworkStructure, 'inputShape' | 'outputs'>,
): Promise<Structured> {
  const names = plainNames(graph)
  const renamed = (tensor: string): string => {
    const { node, output: place } = splitTensor(tensor)
    return tensorName(names.get(node) ?? node, place)
  }
  // A constant is called as the first node that hands it on.
  const ids = new Map<string, string>()
  const nodes = topologicalOrder(graph).map(({ name, op, inputs, attributes, weight }): NetworkNode => {
    const own = names.get(name) ?? name
    if (weight !== undefined && !ids.has(weight)) ids.set(weight, own)
    const id = weight === undefined ? undefined : ids.get(weight)
    const plain = { name: own, op, inputs: inputs.map(renamed), attributes: keptAttributes(attributes) }
    return id === undefined ? plain : { ...plain, weight: id }
  })
  const kept: NetworkWeight[] = []
  const numbers: Float32Array[] = []
  for (const [weight, id] of ids) {
    const info = graph.weights.get(weight)
    const values = await store.values(weight)
    if (!info) continue
    const { dtype, shape } = info
    if (dtype === 'float32' && values instanceof Float32Array) {
      numbers.push(values)
      kept.push({ id, dtype, shape })
    } else {
      kept.push({ id, dtype, shape, values: numbersOf(values) })
    }
  }
  const structure = { input: renamed(freeze), output: renamed(output), ...sizes, nodes, weights: kept }
  return { structure, weights: joined(numbers) }
}

const numbersOf = (values: WeightValues): number[] => Array.from<string | number, number>(values, Number)

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}

/** Names of TensorFlow's own letters, each once, whatever a file calls its nodes. */
function plainNames({ nodes }: Graph): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    nodes.map(({ name }) => {
      const own = uniqueName(plainName(name), (wanted) => taken.has(wanted))
      taken.add(own)
      return [name, own]
    }),
  )
}

/** The longest name that is kept of a node. */
const longest = 200

function plainName(name: string): string {
  const parts = name
    .slice(-longest)
    .replace(/[^\w.\-/]/g, '_')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^[^A-Za-z0-9.]/, 'n$&'))
  return parts.length === 0 ? 'node' : parts.join('/')
}

/** Attributes that say what an operation does; not notes that tools leave on it. */
function keptAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, attribute]) => !name.startsWith('_') && attribute !== undefined && isPlain(attribute),
    ),
  )
}

function isPlain(attribute: Attribute): boolean {
  switch (attribute.kind) {
    case 'bytes':
    case 'function':
    case 'opaque':
      return false
    case 'list':
      return attribute.items.every(isPlain)
    default:
      return true
  }
}
