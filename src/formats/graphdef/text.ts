import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { CutpointError } from '../../errors'
import { readText } from '../source'
import type { SourceFile } from '../types'
import { dtypeNumber } from './dtypes'
import { TextTokens, type Token } from './text-tokens'

/** Text goes through one string, which is bounded. */
const mostTextBytes = 2 ** 28
/** Messages in messages. */
const deepest = 100

/**
 * A message in protobuf's text format (`graph.pbtxt`), encoded in its binary format; fields that `message` does not have
 * are passed over. Whatever reads the binary format then reads both.
 * Throws CutpointError `too-large`, or `bad-graph` with line and column.
 */
export async function encodeText(file: SourceFile, message: DescMessage): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > mostTextBytes) {
    throw new CutpointError(
      'too-large',
      `${file.path} is too large for a graph in text form.`,
      'Save the graph in binary form (.pb), and open that.',
      { path: file.path, bytes: file.size, maxBytes: mostTextBytes },
    )
  }
  const tokens = new TextTokens(await readText(file), file.path)
  const writer = new BinaryWriter()
  readFields(tokens, writer, fieldsOf(message), null, 0)
  return writer.finish()
}

/** How the values of a field are written: fields by name if they are messages, else a scalar type. */
interface Field {
  readonly number: number
  readonly value: ScalarType | (() => Fields)
}
type Fields = ReadonlyMap<string, Field>

const known = new WeakMap<DescMessage, Fields>()

function fieldsOf(message: DescMessage): Fields {
  const before = known.get(message)
  if (before) return before
  const fields = new Map(message.fields.map((field) => [field.name, { number: field.number, value: valueOf(field) }]))
  known.set(message, fields)
  return fields
}

function valueOf(field: DescField): Field['value'] {
  if (field.fieldKind === 'map') {
    const { mapKey, message } = field
    const value = message ? () => fieldsOf(message) : ScalarType.STRING
    return () =>
      new Map<string, Field>([
        ['key', { number: 1, value: mapKey }],
        ['value', { number: 2, value }],
      ])
  }
  const { message, scalar } = field
  return message ? () => fieldsOf(message) : (scalar ?? ScalarType.INT32)
}

/** The fields up to `close`, or to the end of the text where that is null. */
function readFields(
  tokens: TextTokens,
  writer: BinaryWriter,
  fields: Fields | null,
  close: string | null,
  depth: number,
) {
  for (;;) {
    const token = tokens.next()
    if (token.kind === 'end' && close === null) return
    if (token.kind === 'mark' && token.text === close) return
    if (token.kind === 'mark' && token.text === '[') passExtension(tokens)
    else if (token.kind !== 'word')
      throw tokens.fail(`the name of a field is missing${close ? ` or “${close}”` : ''}`, token)
    const field = fields?.get(token.text)
    tokens.take(':')
    if (tokens.take('[')) {
      while (!tokens.take(']')) {
        readValue(tokens, writer, field, depth)
        tokens.take(',')
      }
    } else readValue(tokens, writer, field, depth)
    if (!tokens.take(',')) tokens.take(';')
  }
}

/** `[name.of.extension]` in place of a field's name. */
function passExtension(tokens: TextTokens): void {
  while (!tokens.take(']')) {
    const token = tokens.next()
    if (token.kind === 'end') throw tokens.fail('“]” is missing', token)
  }
}

/** One value; those of fields that are not known are passed over. */
function readValue(tokens: TextTokens, writer: BinaryWriter, field: Field | undefined, depth: number): void {
  const token = tokens.next()
  const opens = token.kind === 'mark' && (token.text === '{' || token.text === '<')
  const inner = field && typeof field.value === 'function' ? field.value() : null
  if (opens && (inner || !field)) {
    if (depth >= deepest) throw tokens.fail('messages are nested too deep', token)
    const into = field ? writer.tag(field.number, WireType.LengthDelimited).fork() : new BinaryWriter()
    readFields(tokens, into, inner, token.text === '{' ? '}' : '>', depth + 1)
    if (field) into.join()
  } else if (token.kind === 'string') {
    const bytes = strings(tokens, token)
    if (!field) return
    if (field.value !== ScalarType.STRING && field.value !== ScalarType.BYTES)
      throw tokens.fail('a text is out of place', token)
    writer.tag(field.number, WireType.LengthDelimited).bytes(bytes)
  } else if (token.kind === 'word') {
    if (field) writeScalar(tokens, writer, field, token)
  } else throw tokens.fail('a value is missing', token)
}

/** Texts that stand one after the other are one. */
function strings(tokens: TextTokens, first: Token): Uint8Array {
  const pieces = [tokens.bytesOf(first)]
  while (tokens.peek().kind === 'string') pieces.push(tokens.bytesOf(tokens.next()))
  if (pieces.length === 1) return pieces[0]
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function writeScalar(tokens: TextTokens, writer: BinaryWriter, { number, value }: Field, token: Token): void {
  switch (value) {
    case ScalarType.BOOL:
      writer.tag(number, WireType.Varint).bool(truth(tokens, token))
      return
    case ScalarType.FLOAT:
      writer.tag(number, WireType.Bit32).float(real(tokens, token))
      return
    case ScalarType.DOUBLE:
      writer.tag(number, WireType.Bit64).double(real(tokens, token))
      return
    case ScalarType.FIXED32:
      writer.tag(number, WireType.Bit32).fixed32(Number(BigInt.asUintN(32, whole(tokens, token))))
      return
    case ScalarType.INT32:
    case ScalarType.INT64:
    case ScalarType.UINT32:
    case ScalarType.UINT64:
      writer.tag(number, WireType.Varint).uint64(BigInt.asUintN(64, whole(tokens, token)))
      return
    default:
      throw tokens.fail(`“${token.text}” is out of place`, token)
  }
}

function truth(tokens: TextTokens, token: Token): boolean {
  if (/^(true|True|t|1)$/.test(token.text)) return true
  if (/^(false|False|f|0)$/.test(token.text)) return false
  throw tokens.fail(`“${token.text}” is neither true nor false`, token)
}

function real(tokens: TextTokens, token: Token): number {
  const text = token.text.toLowerCase()
  const special = /^([-+]?)(inf|infinity|nan)f?$/.exec(text)
  if (special) return special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity
  const number = Number(/^[-+]?0x/.test(text) ? text : text.replace(/f$/, ''))
  if (text === '' || Number.isNaN(number)) throw tokens.fail(`“${token.text}” is not a number`, token)
  return number
}

/** A whole number, in the bases of C, or the name of one of TensorFlow's data types. */
function whole(tokens: TextTokens, token: Token): bigint {
  const named = dtypeNumber(token.text)
  if (named !== undefined) return BigInt(named)
  const match = /^(-?)(0[xX][\da-fA-F]{1,16}|\d{1,22})$/.exec(token.text)
  if (!match) throw tokens.fail(`“${token.text}” is not a whole number`, token)
  const octal = /^0[0-7]+$/.test(match[2])
  const number = BigInt(octal ? `0o${match[2].slice(1)}` : match[2])
  return match[1] === '-' ? -number : number
}
