import { toJson } from '@bufbuild/protobuf'
import type { Attribute, Attributes, Shape } from '../../../graph/types'
import { AttrValueSchema, type AttrValue, type NameAttrList, type TensorShapeProto } from '../../protobuf/tensorflow_pb'
import { badGraph } from '../bad-graph'
import { asText, toBase64 } from '../base64'
import { readDtype, referenceTypes, writeDtype } from '../dtypes'

/** Functions as attributes of functions as attributes: deeper than this nobody goes. */
const deepest = 20

/** An attribute from its decoded message. Throws CutpointError `bad-graph`. */
export function attributeFrom({ value }: AttrValue, where: string, depth = 0): Attribute {
  switch (value.case) {
    case 's':
      return bytesFrom(value.value)
    case 'i':
      return integerFrom(value.value)
    case 'f':
      return { kind: 'float', value: value.value }
    case 'b':
      return { kind: 'bool', value: value.value }
    case 'type':
      return typeFrom(value.value)
    case 'shape':
      return { kind: 'shape', value: shapeFrom(value.value, where) }
    case 'func':
      return functionFrom(value.value, where, depth)
    case 'list': {
      const { s, i, f, b, type, shape, tensor, func } = value.value
      if (tensor.length > 0) return opaque({ $typeName: 'tensorflow.AttrValue', value })
      const items = [
        ...s.map(bytesFrom),
        ...i.map(integerFrom),
        ...f.map((item): Attribute => ({ kind: 'float', value: item })),
        ...b.map((item): Attribute => ({ kind: 'bool', value: item })),
        ...type.map(typeFrom),
        ...shape.map((item): Attribute => ({ kind: 'shape', value: shapeFrom(item, where) })),
        ...func.map((item) => functionFrom(item, where, depth)),
      ]
      return { kind: 'list', items }
    }
    case 'tensor':
      return opaque({ $typeName: 'tensorflow.AttrValue', value })
    case 'placeholder':
      return { kind: 'opaque', json: { placeholder: value.value } }
    case undefined:
      return { kind: 'opaque', json: {} }
  }
}

function opaque(message: AttrValue): Attribute {
  return { kind: 'opaque', json: toJson(AttrValueSchema, message) }
}

/** Text where the bytes are UTF-8. */
function bytesFrom(bytes: Uint8Array): Attribute {
  const text = asText(bytes)
  return text === null ? { kind: 'bytes', base64: toBase64(bytes) } : { kind: 'string', value: text }
}

/** Whole numbers beyond 2^53 cannot be held as numbers and are carried along. */
function integerFrom(value: bigint): Attribute {
  const number = Number(value)
  return Number.isSafeInteger(number)
    ? { kind: 'int', value: number }
    : { kind: 'opaque', json: { i: value.toString() } }
}

/** References to a type (its number and 100) are that type; types that share one word here are carried along. */
function typeFrom(number: number): Attribute {
  const dtype = readDtype(number > referenceTypes ? number - referenceTypes : number)
  return writeDtype(dtype) === undefined ? { kind: 'opaque', json: { type: number } } : { kind: 'dtype', value: dtype }
}

/** null where the rank is unknown; a negative size is unknown too. Throws CutpointError `bad-graph`. */
export function shapeFrom(shape: TensorShapeProto, where: string): Shape | null {
  if (shape.unknownRank) return null
  return shape.dim.map(({ size }) => {
    const number = Number(size)
    if (!Number.isSafeInteger(number)) throw badGraph(where, 'its shape holds a size that cannot be')
    return number < 0 ? null : number
  })
}

function functionFrom({ name, attr }: NameAttrList, where: string, depth: number): Attribute {
  if (depth >= deepest) throw badGraph(where, 'its functions are nested too deep')
  const attributes: Attributes = Object.fromEntries(
    Object.entries(attr).map(([key, value]) => [key, attributeFrom(value, where, depth + 1)]),
  )
  return { kind: 'function', name, attributes }
}
