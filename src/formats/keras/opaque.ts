import type { Attribute, Attributes, Shape } from '../../graph/types'
import { isArray, own, type JsonRecord } from '../json'
import { tensorsIn } from './calls'
import { shapeIn } from './config/calls'
import type { Builder, Call, KerasLayer, Symbolic } from './types'

/** Set apart from operations: a layer Conv2D or Softmax is not TensorFlow's operation of that name. */
const opaquePackage = 'Keras>'

/** A layer as one node of its class: what goes in, its weights, and its configuration as attributes. */
export function opaqueLayer(layer: KerasLayer, call: Call, build: Builder, shape: Shape | null): Symbolic {
  const weights = layer.weights.map((weight, index) => {
    return build.weight(layer, weight.name === '' ? `weight_${index}` : weight.name, index)
  })
  return build.op(layer.className, `${opaquePackage}${layer.className}`, [...tensorsOf(call), ...weights], {
    ...attributesOf(layer.config),
    ...(shape && noted(shape)),
  })
}

/** All tensors that a layer is called with. */
export const tensorsOf = ({ args, kwargs }: Call): readonly Symbolic[] => tensorsIn([...args, ...Object.values(kwargs)])

/**
 * The shape of what a layer gives that only its author knows: as the file states it, or a Lambda's configuration; else that
 * of the one tensor it gets, which is a guess.
 */
export function shapeGiven(
  layer: KerasLayer,
  call: Call,
  stated: Shape | undefined,
): { readonly shape: Shape | null; readonly guessed: boolean } {
  if (stated) return { shape: stated, guessed: false }
  const inputs = tensorsOf(call)
  const [given] = inputs.map((input) => input.shape)
  const wanted = layer.className === 'Lambda' ? (own(layer.config, 'output_shape') ?? null) : null
  if (wanted !== null) {
    const sizes = shapeIn(isArray(wanted) ? wanted : [wanted])
    return { shape: sizes ? [given?.at(0) ?? null, ...sizes] : null, guessed: false }
  }
  return inputs.length === 1 ? { shape: given, guessed: true } : { shape: null, guessed: false }
}

/** Layers compute in float32, whatever they get. */
const noted = (shape: Shape): Attributes => ({
  _output_shapes: { kind: 'list', items: [{ kind: 'shape', value: shape }] },
  _output_types: { kind: 'list', items: [{ kind: 'dtype', value: 'float32' }] },
})

/** Text longer than this (a Lambda's byte code, say) is left out. */
const longestText = 1000

function attributesOf(config: JsonRecord): Attributes {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const attribute = attributeOf(value)
      return attribute ? [[key, attribute]] : []
    }),
  )
}

function attributeOf(value: unknown): Attribute | undefined {
  if (typeof value === 'boolean') return { kind: 'bool', value }
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'float', value }
  if (typeof value === 'string') return value.length <= longestText ? { kind: 'string', value } : undefined
  if (value === null || value === undefined) return undefined
  return attributeOf(JSON.stringify(value))
}
