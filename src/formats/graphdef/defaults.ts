import type { Attribute, Attributes } from '../../graph/types'
import { readDtype } from './dtypes'
import { opDefaults } from './op-defaults'

/**
 * The attributes of a node with those that the file leaves out: a file lacks what its op was given after it was
 * written, and TensorFlow then takes the op's own defaults.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/node_def_util.cc (AddDefaultsToNodeDef)
 */
export function withDefaults(op: string, attributes: Attributes): Attributes {
  const defaults = (table ??= readTable()).get(op)
  if (defaults === undefined) return attributes
  const missing = defaults.filter(([name]) => !Object.hasOwn(attributes, name))
  return missing.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(missing) }
}

let table: ReadonlyMap<string, readonly (readonly [string, Attribute])[]> | undefined

function readTable(): ReadonlyMap<string, readonly (readonly [string, Attribute])[]> {
  const byOp = new Map<string, (readonly [string, Attribute])[]>()
  for (const line of opDefaults.trim().split('\n')) {
    const [head, ops] = line.split(': ')
    const [name, kind, value = ''] = head.split(' ')
    const entry = [name, attributeOf(kind, value)] as const
    for (const op of ops.split(' ')) byOp.set(op, [...(byOp.get(op) ?? []), entry])
  }
  return byOp
}

function attributeOf(kind: string, value: string): Attribute {
  switch (kind) {
    case 'i':
      return { kind: 'int', value: Number(value) }
    case 'f':
      return { kind: 'float', value: Number(value) }
    case 'b':
      return { kind: 'bool', value: value === '1' }
    case 't':
      return { kind: 'dtype', value: readDtype(value) }
    case 'u':
      return { kind: 'shape', value: null }
    case 'l':
      return { kind: 'list', items: [] }
    case 'li':
    case 'lf':
      return { kind: 'list', items: value.split(',').map((item) => attributeOf(kind[1], item)) }
    default:
      return { kind: 'string', value }
  }
}
