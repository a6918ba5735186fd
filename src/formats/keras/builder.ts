import { CutpointError } from '../../errors'
import type { StoredWeight } from '../weights/store'
import type { Draft } from './draft'
import type { Builder, KerasLayer, LayerWeight, Numbers, Symbolic } from './types'

/** The constants that layers have become, so that a layer called twice has its weights once. */
export type WeightNodes = Map<LayerWeight, Map<string, Symbolic>>

/**
 * The Builder for one call of a layer: what it adds to `draft` stands in `scope`.
 * Its `weight` throws CutpointError `bad-weight`.
 */
export function createBuilder(draft: Draft, scope: string, made: WeightNodes): Builder {
  const inside = (name: string): string => (scope === '' ? name : `${scope}/${name}`)
  const ops: Builder['ops'] = (name, op, inputs, attributes = {}) =>
    draft.add({ name: inside(name), op, inputs, attributes })
  return {
    ops,
    op: (...operation) => ops(...operation)[0],
    numbers: (name, values, dtype) => draft.numbers(inside(name), values, dtype ?? kindOf(values)),
    hasWeight: (layer, name, index) => findWeight(layer, name, index) !== undefined,
    weight: (layer, name, index, shape) => {
      const weight = findWeight(layer, name, index)
      if (weight === undefined) throw missingWeight(layer, name)
      const shaped = shape ? reshaped(layer, weight.stored, name, shape) : weight.stored
      const key = shaped.info.shape.join()
      const nodes = made.get(weight) ?? new Map<string, Symbolic>()
      const node = nodes.get(key) ?? draft.constant(inside(name), shaped)
      made.set(weight, nodes.set(key, node))
      return node
    },
  }
}

/** Takes back the constants of a layer whose nodes are gone. */
export function forgetWeights(made: WeightNodes, { weights }: KerasLayer, gone: ReadonlySet<string>): void {
  for (const weight of weights) {
    const nodes = made.get(weight)
    for (const [key, node] of nodes ?? []) if (gone.has(node.tensor)) nodes?.delete(key)
  }
}

function kindOf(values: Numbers): 'int32' | 'float32' {
  return [values].flat(2).every((value) => Number.isInteger(value)) ? 'int32' : 'float32'
}

/** By its name; where the file gives no names, by its place. */
function findWeight({ weights }: KerasLayer, name: string, index: number): LayerWeight | undefined {
  const named = weights.find((weight) => weight.name === name)
  if (named) return named
  const placed = weights.at(index)
  return placed?.name === '' ? placed : undefined
}

function reshaped(layer: KerasLayer, stored: StoredWeight, name: string, shape: readonly number[]): StoredWeight {
  if (isSameInOtherParts(shape, stored.info.shape)) return { ...stored, info: { ...stored.info, shape } }
  throw new CutpointError(
    'bad-weight',
    `The weight “${name}” of the layer “${layer.name}” has the shape [${stored.info.shape.join(', ')}], where [${shape.join(', ')}] is needed.`,
    'The file may be damaged, or its weights belong to another model; save the model again.',
    { layer: layer.name, weight: name, shape: stored.info.shape, wanted: shape },
  )
}

/**
 * Whether one shape only joins or parts neighbouring dimensions of the other: [4, 6] is [4, 2, 3], but not [6, 4], whose
 * values lie in another order.
 */
function isSameInOtherParts(one: readonly number[], other: readonly number[]): boolean {
  const [first, second] = [runningProducts(one), runningProducts(other)]
  const [fewer, more] = first.size <= second.size ? [first, second] : [second, first]
  return sizeOf(one) === sizeOf(other) && [...fewer].every((product) => more.has(product))
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function runningProducts(shape: readonly number[]): ReadonlySet<number> {
  let product = 1
  return new Set([1, ...shape.map((size) => (product *= size))])
}

function missingWeight(layer: KerasLayer, name: string): CutpointError {
  const names = layer.weights.map((weight) => weight.name).filter((known) => known !== '')
  const there = layer.weights.length === 0 ? 'it has none' : `it has ${layer.weights.length}`
  return new CutpointError(
    'bad-weight',
    `The layer “${layer.name}” (${layer.className}) has no weight “${name}”; ${there}${names.length > 0 ? ` (${names.slice(0, 5).join(', ')})` : ''}.`,
    'The file may be damaged, or its weights belong to another model; save the model again.',
    { layer: layer.name, weight: name, found: names },
  )
}
