import type { Attribute, Attributes } from '../../graph/types'
import type { JsonRecord } from '../json'
import { tensorsIn } from './calls'
import type { Builder, Call, Layer, Symbolic } from './types'

/** Set apart from operations: a layer Conv2D or Softmax is not TensorFlow's operation of that name. */
const opaquePackage = 'Keras>'

/** A layer as one node of its class: what goes in, its weights, and its configuration as attributes. */
export function opaqueLayer(layer: Layer, call: Call, build: Builder): Symbolic {
  const inputs = tensorsIn([...call.args, ...Object.values(call.kwargs)])
  const weights = layer.weights.map((weight, index) => {
    return build.weight(layer, weight.name === '' ? `weight_${index}` : weight.name, index)
  })
  return build.op(
    layer.className,
    `${opaquePackage}${layer.className}`,
    [...inputs, ...weights],
    attributesOf(layer.config),
  )
}

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
