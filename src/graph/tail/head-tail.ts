import { freeScope } from '../graft/graft'
import { HeadBuilder } from '../graft/head-builder'
import type { HeadLayer } from '../graft/layers/forms'
import { recordOf, sizesOf } from '../graft/layers/kept'
import { addLayers } from '../graft/layers/runs'
import { tensorName } from '../lookup/names'
import { overlayWeights, type NewWeights } from '../lookup/weights'
import type { Graph, GraphNode, WeightStore } from '../types'
import type { Tail } from './types'

/** Puts operations behind the features; the tensor that the last one gives. */
export type AddHead = (builder: HeadBuilder, features: string) => string

export interface HeadTail {
  /** From the features, `[batch, …size]`, to what the head gives. Nothing learns in it. */
  readonly tail: Tail
  /** The scope in which all its constants stand. */
  readonly scope: string
  readonly weights: NewWeights
}

const features = 'features'

/** A head of layers as a tail whose maps are the features, for what runs tails; null where they take nothing. */
export function headAsTail(layers: readonly HeadLayer[]): Tail | null {
  const size = layers.length > 0 ? sizesOf(recordOf(layers[0]))?.input : undefined
  return size ? tailOfHead(size, (builder, from) => addLayers(builder, layers, from)).tail : null
}

/** A tail of what `add` puts behind features of a size. */
export function tailOfHead(size: readonly number[], add: AddHead): HeadTail {
  const freeze = tensorName(features)
  const empty = emptyGraph(size)
  const scope = freeScope(empty)
  const builder = new HeadBuilder(scope)
  const output = add(builder, freeze)
  const graph: Graph = {
    ...empty,
    nodes: [...empty.nodes, ...builder.nodes],
    weights: new Map([...builder.weights].map(([id, { info }]) => [id, info])),
    outputs: [{ key: 'output', tensor: output, dtype: 'float32', shape: null }],
  }
  const weights = overlayWeights(none, builder.weights)
  const tail = { freeze, output, graph, weights, trained: [], parameters: 0, untied: [] }
  return { tail, scope, weights: builder.weights }
}

/** There are no other constants than the head's. */
const none: WeightStore = {
  values: (id) => Promise.reject(new Error(`there is no constant ${id}`)),
  raw: (id) => Promise.reject(new Error(`there is no constant ${id}`)),
}

function emptyGraph(size: readonly number[]): Graph {
  const shape = [null, ...size]
  const input: GraphNode = {
    name: features,
    op: 'Placeholder',
    inputs: [],
    controlInputs: [],
    attributes: { dtype: { kind: 'dtype', value: 'float32' }, shape: { kind: 'shape', value: shape } },
  }
  return {
    nodes: [input],
    weights: new Map(),
    inputs: [{ key: 'maps', tensor: tensorName(features), dtype: 'float32', shape }],
    outputs: [],
    functions: [],
    scopes: new Map(),
  }
}
