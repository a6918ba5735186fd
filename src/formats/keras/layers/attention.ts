import { isSymbolic, NotLowered, type Builder, type Call, type KerasLayer, type Lower, type Symbolic } from '../types'
import { softmax } from './activation'
import { add, asFloat, biasAdd, expandDims, matmul, multiply, reduce, transpose, unary } from './ops'
import {
  argument,
  axesOf,
  choiceField,
  field,
  flagField,
  inputsOf,
  needRank,
  rankOf,
  shapeOf,
  sizeOf,
  sizesField,
} from './read'
import { reshape, sizeAt, type SizeOrAxis } from './sizes'

function refuseMasks({ args, kwargs }: Call, from: number): void {
  const isMasked =
    Object.entries(kwargs).some(([name, value]) => name.endsWith('mask') && (value ?? false) !== false) ||
    args.slice(from).some((value) => (value ?? false) !== false)
  if (isMasked) throw new NotLowered('It is called with a mask.')
}

const wantsScores = (call: Call): boolean => (call.kwargs.return_attention_scores ?? false) !== false

/** The weights of the layer's projections, in the order in which Keras lists them. */
const projections = ['query', 'key', 'value', 'attention_output'] as const
type Projection = (typeof projections)[number]

/**
 * Multi-head attention over one dimension or, flattened, over all between batch and channels: kernels `[channels,
 * heads, size]`, the last `[heads, size, channels]`. Vaswani et al. 2017 (arXiv:1706.03762).
 */
const multiHeadAttention: Lower = (layer, call, build) => {
  if (flagField(layer, 'use_gate', false)) throw new NotLowered('It is gated.')
  if (field(layer, 'sliding_window') !== undefined) throw new NotLowered('It attends to a window only.')
  const { query, key, value } = operandsOf(call, build)
  needRank(query, 3, 4, 5)
  needRank(key, rankOf(query))
  needRank(value, rankOf(query))
  refuseMasks(call, 3)
  const between = Array.from({ length: rankOf(query) - 2 }, (_, place) => place + 1)
  const given = field(layer, 'attention_axes')
  if (given !== undefined && axesOf(given, rankOf(query)).length !== between.length) {
    throw new NotLowered('It attends along some of several dimensions.')
  }
  const [count] = sizesField(layer, 'num_heads', 1, 1)
  const [keySize] = sizesField(layer, 'key_dim', 1, 1)
  const valueSize = field(layer, 'value_dim') === undefined ? keySize : sizesField(layer, 'value_dim', 1, 1)[0]
  const heads = { layer, build, count }
  const q = multiply(build, intoHeads(heads, query, 'query', keySize), 1 / Math.sqrt(keySize))
  const k = intoHeads(heads, key, 'key', keySize)
  const v = intoHeads(heads, value, 'value', valueSize)
  const scores = softmax(build, matmul(build, q, k, { transposeB: true, name: 'scores' }), 3)
  const attended = transpose(build, matmul(build, scores, v, { name: 'attended' }), [0, 2, 1, 3])
  const output = fromHeads(heads, attended, query, count * valueSize)
  if (!wantsScores(call)) return [output]
  if (rankOf(query) > 3) throw new NotLowered('Its scores over several dimensions are asked for.')
  return [output, scores]
}

function operandsOf(call: Call, build: Builder): Record<'query' | 'key' | 'value', Symbolic> {
  const query = argument(call, 'query', 0)
  const value = argument(call, 'value', 1)
  const key = argument(call, 'key', 2) ?? value
  if (!isSymbolic(query) || !isSymbolic(value) || !isSymbolic(key)) {
    throw new NotLowered('It is not called with a query and a value.')
  }
  return { query: asFloat(build, query), key: asFloat(build, key), value: asFloat(build, value) }
}

interface Heads {
  readonly layer: KerasLayer
  readonly build: Builder
  readonly count: number
}

/** `[batch, …, channels]` to `[batch, heads, steps, size]`. */
function intoHeads({ layer, build, count }: Heads, x: Symbolic, name: Projection, size: number): Symbolic {
  const channels = sizeOf(x, -1)
  const flat = reshape(build, x, [-1, channels], `${name}/flat`)
  const product = projected(layer, build, flat, name, channels, count * size)
  return transpose(build, reshape(build, product, [sizeAt(x, 0), steps(x), count, size], `${name}/heads`), [0, 2, 1, 3])
}

/** All dimensions between batch and channels as one. */
function steps(x: Symbolic): SizeOrAxis {
  if (rankOf(x) === 3) return sizeAt(x, 1)
  return shapeOf(x)
    .slice(1, -1)
    .reduce<number>((product, _, place) => product * sizeOf(x, place + 1), 1)
}

/** `[batch, steps, heads, size]` to the query's shape, with as many channels as the last kernel makes. */
function fromHeads({ layer, build }: Heads, x: Symbolic, query: Symbolic, size: number): Symbolic {
  const shape = field(layer, 'output_shape')
  const outputs = shape === undefined ? sizeOf(query, -1) : sizesField(layer, 'output_shape', 1, 1)[0]
  const product = projected(layer, build, reshape(build, x, [-1, size], 'joined'), 'attention_output', size, outputs)
  const leading = shapeOf(query).slice(0, -1)
  return reshape(build, product, [...leading.map((_, axis) => sizeAt(query, axis)), outputs])
}

function projected(
  layer: KerasLayer,
  build: Builder,
  flat: Symbolic,
  name: Projection,
  inputs: number,
  outputs: number,
): Symbolic {
  const hasBias = flagField(layer, 'use_bias', true)
  const place = projections.indexOf(name) * (hasBias ? 2 : 1)
  const kernel = build.weight(layer, `${name}/kernel`, place, [inputs, outputs])
  const product = matmul(build, flat, kernel, { name: `${name}/MatMul` })
  return hasBias ? biasAdd(build, product, build.weight(layer, `${name}/bias`, place + 1, [outputs])) : product
}

/** Of query, value and key (the value if there is none), `[batch, steps, channels]`. */
function attention(kind: 'dot' | 'additive'): Lower {
  return (layer, call, build) => {
    // As Keras up to 2.9 has it.
    if (flagField(layer, 'causal', false)) throw new NotLowered('It masks what comes later.')
    const inputs = inputsOf({ args: call.args.slice(0, 1), kwargs: call.kwargs })
    if (inputs.length < 2) throw new NotLowered('It is not called with a query and a value.')
    const [query, value, key = value] = inputs
    for (const x of [query, value, key]) needRank(x, 3)
    refuseMasks(call, 1)
    const scores = kind === 'dot' ? dotScores(layer, build, query, key) : additiveScores(layer, build, query, key)
    const weights = softmax(build, scores, 2)
    const output = matmul(build, weights, value)
    return wantsScores(call) ? [output, weights] : [output]
  }
}

function dotScores(layer: KerasLayer, build: Builder, query: Symbolic, key: Symbolic): Symbolic {
  const scale = flagField(layer, 'use_scale', false) ? build.weight(layer, 'scale', 0, []) : null
  if (choiceField(layer, 'score_mode', ['dot', 'concat'], 'dot') === 'dot') {
    const scores = matmul(build, query, key, { transposeB: true })
    return scale ? multiply(build, scores, scale) : scores
  }
  const sum = pairs(build, query, key)
  const bent = unary(build, 'Tanh', scale ? multiply(build, sum, scale) : sum)
  const weight = build.weight(layer, 'concat_score_weight', scale ? 1 : 0, [])
  return multiply(build, reduce(build, 'Sum', bent, [3], false), weight)
}

/** Bahdanau et al. 2014 (arXiv:1409.0473). */
function additiveScores(layer: KerasLayer, build: Builder, query: Symbolic, key: Symbolic): Symbolic {
  const bent = unary(build, 'Tanh', pairs(build, query, key))
  const hasScale = flagField(layer, 'use_scale', true)
  const scaled = hasScale ? multiply(build, bent, build.weight(layer, 'scale', 0, [sizeOf(query, -1)])) : bent
  return reduce(build, 'Sum', scaled, [3], false)
}

/** Every step of the query with every step of the key: `[batch, steps, steps, channels]`. */
function pairs(build: Builder, query: Symbolic, key: Symbolic): Symbolic {
  return add(build, expandDims(build, query, 2, 'query'), expandDims(build, key, 1, 'key'))
}

export const attentionLayers: ReadonlyMap<string, Lower> = new Map([
  ['MultiHeadAttention', multiHeadAttention],
  ['Attention', attention('dot')],
  ['AdditiveAttention', attention('additive')],
])
