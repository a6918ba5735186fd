import type { Shape } from '../../../graph/types'
import { isArray, isRecord, own, type JsonRecord } from '../../json'
import { badConfig } from './bad-config'

/** A tensor: the output of the `node`th call of a layer. */
export interface Reference {
  readonly layer: string
  readonly node: number
  readonly tensor: number
  /** Its shape, where the file says it of every tensor. */
  readonly stated?: Shape
}

/** An input or output of a model, under the name a caller uses. */
export interface OutputReference extends Reference {
  readonly key: string
}

export type ArgumentConfig =
  | ({ readonly kind: 'tensor' } & Reference)
  | { readonly kind: 'list'; readonly items: readonly ArgumentConfig[] }
  /** Tensors, or lists of such, by the names of a model's inputs. */
  | { readonly kind: 'record'; readonly items: Readonly<Record<string, ArgumentConfig>> }
  | { readonly kind: 'plain'; readonly json: unknown }

/** One call of a layer, as the file has it. */
export interface CallConfig {
  readonly args: readonly ArgumentConfig[]
  readonly kwargs: Readonly<Record<string, ArgumentConfig>>
}

/** Arguments are a few lists deep; a damaged file may nest them without end. */
export const mostNested = 64

/** A layer's `inbound_nodes`. Throws CutpointError `bad-graph`. */
export function readCalls(json: unknown, file: string, layer: string): CallConfig[] {
  if (json === undefined || json === null) return []
  if (!isArray(json)) throw badConfig(file, `the calls of its layer “${layer}” are not a list`)
  return json.map((node) => {
    const call = isRecord(node) && own(node, 'args') !== undefined ? keras3Call(node) : keras2Call(node)
    if (call === null) throw badConfig(file, `a call of its layer “${layer}” cannot be read`)
    return call
  })
}

/** `{args, kwargs}`, tensors in them as `__keras_tensor__` with their history. Source: keras/src/models/functional.py. */
function keras3Call(node: JsonRecord): CallConfig | null {
  const args = own(node, 'args')
  const kwargs = own(node, 'kwargs') ?? {}
  if (!isArray(args) || !isRecord(kwargs)) return null
  return { args: args.map((argument) => keras3Argument(argument, 0)), kwargs: mapValues(kwargs, keras3Argument) }
}

function keras3Argument(json: unknown, depth: number): ArgumentConfig {
  if (depth > mostNested) return { kind: 'plain', json: null }
  if (isArray(json)) return { kind: 'list', items: json.map((item) => keras3Argument(item, depth + 1)) }
  if (!isRecord(json)) return { kind: 'plain', json }
  const config = own(json, 'config')
  switch (own(json, 'class_name')) {
    case '__keras_tensor__': {
      const reference = isRecord(config) ? referenceOf(own(config, 'keras_history')) : null
      const stated = isRecord(config) ? shapeIn(own(config, 'shape')) : undefined
      return reference ? { kind: 'tensor', ...reference, ...(stated && { stated }) } : { kind: 'plain', json: null }
    }
    case '__tuple__': {
      const items = own(json, 'items') ?? config
      return isArray(items) ? keras3Argument(items, depth + 1) : { kind: 'plain', json }
    }
    case undefined:
      return keras3Record(json, depth)
    default:
      return { kind: 'plain', json }
  }
}

function keras3Record(json: JsonRecord, depth: number): ArgumentConfig {
  const entries = Object.entries(json).map(([key, value]) => [key, keras3Argument(value, depth + 1)] as const)
  const isPlain = entries.every(([, { kind }]) => kind === 'plain')
  return isPlain ? { kind: 'plain', json } : { kind: 'record', items: Object.fromEntries(entries) }
}

/**
 * `[[layer, node, tensor, kwargs], …]`, one or more tensors; several are called as a list, or by name. Keyword arguments may name
 * tensors as `[layer, node, tensor]` and values as `['_CONSTANT_VALUE', -1, value]`.
 * Source: `reconstruct_from_config` in tf_keras/src/engine/functional.py.
 */
function keras2Call(node: unknown): CallConfig | null {
  if (isRecord(node)) return { args: [{ kind: 'record', items: mapValues(node, keras2Argument) }], kwargs: {} }
  const isSingle = referenceOf(node) !== null || isConstant(node)
  const listed = isArray(node) ? (isSingle ? [node] : node) : null
  if (listed === null) return null
  const tensors = listed.map((item) => keras2Argument(item, 0))
  const [first] = listed
  const stated: unknown = isArray(first) ? first.at(3) : undefined
  const kwargs = isRecord(stated) ? mapValues(stated, keras2Argument) : {}
  return { args: tensors.length === 1 ? tensors : [{ kind: 'list', items: tensors }], kwargs }
}

function keras2Argument(json: unknown, depth: number): ArgumentConfig {
  if (depth > mostNested) return { kind: 'plain', json: null }
  if (!isArray(json)) return { kind: 'plain', json }
  if (isConstant(json)) return { kind: 'plain', json: json.at(2) }
  const reference = referenceOf(json)
  if (reference) return { kind: 'tensor', ...reference }
  return { kind: 'list', items: json.map((item) => keras2Argument(item, depth + 1)) }
}

/** `['_CONSTANT_VALUE', -1, value]`, perhaps with keyword arguments after it. */
function isConstant(json: unknown): boolean {
  return isArray(json) && json.at(0) === '_CONSTANT_VALUE' && json.at(1) === -1
}

function mapValues(
  record: JsonRecord,
  read: (json: unknown, depth: number) => ArgumentConfig,
): Record<string, ArgumentConfig> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, read(value, 0)]))
}

/** `[layer, node, tensor]`, perhaps with keyword arguments after it. */
function referenceOf(json: unknown): Reference | null {
  if (!isArray(json) || json.length < 3 || json.length > 4) return null
  const [layer, node, tensor] = json
  if (typeof layer !== 'string' || !isPlace(node) || !isPlace(tensor)) return null
  return { layer, node, tensor }
}

/** A shape as JSON has it; undefined for anything else. */
export function shapeIn(json: unknown): Shape | undefined {
  const isSize = (size: unknown): size is number | null => size === null || isPlace(size)
  return isArray(json) && json.length <= mostNested && json.every(isSize) ? json : undefined
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

/** A model's `input_layers` or `output_layers`: one tensor, or lists or records of such; named by key, else by layer. */
export function readReferences(json: unknown): OutputReference[] {
  const found: OutputReference[] = []
  const visit = (value: unknown, key: string | null, depth: number): void => {
    if (depth > mostNested) return
    const reference = referenceOf(value)
    if (reference) found.push({ key: key ?? reference.layer, ...reference })
    else if (isArray(value)) for (const item of value) visit(item, null, depth + 1)
    else if (isRecord(value)) for (const [name, item] of Object.entries(value)) visit(item, name, depth + 1)
  }
  visit(json, null, 0)
  return found
}
