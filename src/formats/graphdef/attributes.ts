import type { Attribute, Attributes } from '../../graph/types'
import { isArray, isRecord, own, type JsonRecord } from '../json'
import { badGraph } from './bad-graph'
import { asText, fromBase64, toBase64 } from './base64'
import { readDtype, writeDtype } from './dtypes'
import { readShape, writeShape } from './shapes'

/**
 * Attributes of a NodeDef in protobuf's JSON mapping: `{ padding: { s: 'U0FNRQ==' }, strides: { list: { i: ['1'] } } }`.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/attr_value.proto
 * Throws CutpointError `bad-graph` for a value that is not what its kind says.
 */
export function readAttributes(json: unknown, where: string): Attributes {
  if (json === undefined) return {}
  if (!isRecord(json)) throw badGraph(where, 'its attributes are not an object')
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, readAttribute(value, `${where}, attribute “${name}”`)]),
  )
}

/**
 * Reads attributes, giving the same object for the same ones: large graphs repeat few of them thousands of times. Not
 * meant for attributes in which data stands.
 */
export function attributeReader(): (json: unknown, where: string) => Attributes {
  const known = new Map<string, Attributes>()
  /** Those met last, to be compared as they are: writing each out as text makes much to be thrown away. */
  const recent: { readonly json: unknown; readonly attributes: Attributes }[] = []
  return (json, where) => {
    const near = recent.findIndex((one) => same(one.json, json))
    if (near >= 0) {
      const [found] = near > 0 ? recent.splice(near, 1) : recent
      if (near > 0) recent.unshift(found)
      return found.attributes
    }
    const text = JSON.stringify(json ?? {})
    const attributes = known.get(text) ?? readAttributes(json, where)
    known.set(text, attributes)
    recent.unshift({ json, attributes })
    if (recent.length > mostRecent) recent.pop()
    return attributes
  }
}

const mostRecent = 12

/** Whether two JSON values are the same. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (!isRecord(a) || !isRecord(b)) return false
  let members = 0
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !same(a[key], b[key])) return false
    members += 1
  }
  for (const key in b) if (Object.hasOwn(b, key)) members -= 1
  return members === 0
}

/** The same attributes as protobuf's JSON. */
export function writeAttributes(attributes: Attributes): JsonRecord {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, writeAttribute(value)] as const] : [])),
  )
}

type AttributeField = 's' | 'i' | 'f' | 'b' | 'type' | 'shape' | 'func'
const kinds: readonly AttributeField[] = ['s', 'i', 'f', 'b', 'type', 'shape', 'func']

/** One attribute. Throws CutpointError `bad-graph`. */
export function readAttribute(json: unknown, where: string): Attribute {
  if (!isRecord(json)) throw badGraph(where, 'it is not an object')
  const list = own(json, 'list')
  if (list !== undefined) return isRecord(list) ? readList(list, where) : { kind: 'opaque', json }
  const kind = kinds.find((name) => own(json, name) !== undefined)
  return kind === undefined ? { kind: 'opaque', json } : readValue(kind, own(json, kind), where)
}

/** A list holds values of one kind; a list of tensors is carried along as it is. */
function readList(list: JsonRecord, where: string): Attribute {
  const filled = Object.entries(list).filter(([, values]) => !isArray(values) || values.length > 0)
  if (filled.length === 0) return { kind: 'list', items: [] }
  const kind = kinds.find((name) => filled.length === 1 && filled[0][0] === name)
  if (kind === undefined) return { kind: 'opaque', json: { list } }
  const values = own(list, kind)
  if (!isArray(values)) throw badGraph(where, 'its list is not a list')
  return { kind: 'list', items: values.map((value) => readValue(kind, value, where)) }
}

function readValue(kind: AttributeField, value: unknown, where: string): Attribute {
  switch (kind) {
    case 's':
      return readBytes(value, where)
    case 'i':
      return readInteger(value, where)
    case 'f':
      return { kind: 'float', value: readFloat(value, where) }
    case 'b':
      if (typeof value !== 'boolean') throw badGraph(where, 'it is neither true nor false')
      return { kind: 'bool', value }
    case 'type':
      return readType(value)
    case 'shape':
      return { kind: 'shape', value: readShape(value, where) }
    case 'func':
      return readFunction(value, where)
  }
}

/** Bytes are base64; early converters wrote a list of character codes. */
function readBytes(value: unknown, where: string): Attribute {
  const bytes = typeof value === 'string' ? fromBase64(value) : characterCodes(value)
  if (bytes === null) throw badGraph(where, 'its text is not base64')
  const text = asText(bytes)
  return text === null ? { kind: 'bytes', base64: toBase64(bytes) } : { kind: 'string', value: text }
}

function characterCodes(value: unknown): Uint8Array | null {
  return isArray(value) ? Uint8Array.from(value, (code) => (typeof code === 'number' ? code : NaN)) : null
}

/** Whole numbers beyond 2^53 cannot be held as numbers and are carried along as written. */
function readInteger(value: unknown, where: string): Attribute {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) throw badGraph(where, 'it is not a whole number')
  return Number.isSafeInteger(number) ? { kind: 'int', value: number } : { kind: 'opaque', json: { i: value } }
}

/** Protobuf's JSON writes NaN and the infinities as text. */
export function readFloat(value: unknown, where: string): number {
  if (value === 'NaN') return NaN
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) throw badGraph(where, 'it is not a number')
  return number
}

/** Types that share one word here (quantised ones, references) are carried along as written. */
function readType(value: unknown): Attribute {
  const dtype = readDtype(value)
  return writeDtype(dtype) === undefined ? { kind: 'opaque', json: { type: value } } : { kind: 'dtype', value: dtype }
}

function readFunction(value: unknown, where: string): Attribute {
  const name = isRecord(value) ? (own(value, 'name') ?? '') : undefined
  if (!isRecord(value) || typeof name !== 'string') throw badGraph(where, 'it names no function')
  return { kind: 'function', name, attributes: readAttributes(own(value, 'attr'), where) }
}

function writeAttribute(attribute: Attribute): unknown {
  if (attribute.kind === 'opaque') return attribute.json
  if (attribute.kind === 'list') return { list: writeList(attribute.items) }
  const [kind, value] = writeValue(attribute)
  return { [kind]: value }
}

function writeList(items: readonly Attribute[]): JsonRecord {
  const lists: Partial<Record<string, unknown[]>> = {}
  for (const item of items) {
    const [kind, value] = writeValue(item)
    const values = (lists[kind] ??= [])
    values.push(value)
  }
  return lists
}

/** The field of AttrValue and what stands in it. */
function writeValue(attribute: Attribute): readonly [string, unknown] {
  switch (attribute.kind) {
    case 'string':
      return ['s', toBase64(new TextEncoder().encode(attribute.value))]
    case 'bytes':
      return ['s', attribute.base64]
    case 'int':
      return ['i', String(attribute.value)]
    case 'float':
      return ['f', Number.isFinite(attribute.value) ? attribute.value : String(attribute.value)]
    case 'bool':
      return ['b', attribute.value]
    case 'dtype':
      return ['type', writeDtype(attribute.value) ?? 'DT_INVALID']
    case 'shape':
      return ['shape', writeShape(attribute.value)]
    case 'function':
      return ['func', { name: attribute.name, attr: writeAttributes(attribute.attributes) }]
    case 'list':
      return ['list', writeList(attribute.items)]
    case 'opaque':
      return isRecord(attribute.json) ? (Object.entries(attribute.json).at(0) ?? ['s', '']) : ['s', '']
  }
}
