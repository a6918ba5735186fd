import { stringAttribute } from '../../graph/lookup/attributes'
import type { Attribute, GraphNode, Shape } from '../../graph/types'

/** A fact in two columns. */
export interface Fact {
  readonly name: string
  readonly value: string
}

/** More characters than this of one value nobody reads. */
const longestValue = 2000

/** A node's attributes; types come last, and what TensorFlow only notes for itself is left out. */
export function attributeFacts(node: GraphNode): Fact[] {
  return Object.entries(node.attributes)
    .flatMap(([name, attribute]) => (attribute && !name.startsWith('_') ? [{ name, attribute }] : []))
    .sort((a, b) => Number(isType(a.attribute)) - Number(isType(b.attribute)))
    .map(({ name, attribute }) => ({ name, value: shortened(attributeText(spatial(name, attribute, node))) }))
}

const windowAttributes = new Set(['strides', 'dilations', 'ksize', 'rates'])

/** Of a window's steps `[1, 2, 2, 1]`, those over space: `[2, 2]`; all where batch or channels are stepped over too. */
function spatial(name: string, attribute: Attribute, node: GraphNode): Attribute {
  if (!windowAttributes.has(name) || attribute.kind !== 'list' || attribute.items.length < 4) return attribute
  const last = attribute.items.length - 1
  const channels = stringAttribute(node, 'data_format', 'NHWC').startsWith('NC') ? 1 : last
  const beside = new Set([0, channels])
  const isOne = (item: Attribute) => item.kind === 'int' && item.value === 1
  if (!attribute.items.every((item, axis) => !beside.has(axis) || isOne(item))) return attribute
  return { kind: 'list', items: attribute.items.filter((_, axis) => !beside.has(axis)) }
}

/** An attribute's value as people read it. */
export function attributeText(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'string':
      return attribute.value === '' ? '(empty)' : attribute.value
    case 'bytes':
      return `${Math.floor((attribute.base64.length * 3) / 4)} bytes`
    case 'int':
    case 'bool':
    case 'dtype':
      return String(attribute.value)
    case 'float':
      return String(Number(attribute.value.toPrecision(7)))
    case 'shape':
      return sizesText(attribute.value)
    case 'function':
      return `function ${attribute.name}`
    case 'list':
      return attribute.items.length === 0 ? '(none)' : attribute.items.map(attributeText).join(', ')
    case 'opaque':
      return 'kept as it is in the file'
  }
}

/** `[null, 112, 112, 32]` → `batch × 112 × 112 × 32`; an unknown rank is said so. */
export function sizesText(shape: Shape | null): string {
  if (!shape) return 'unknown shape'
  if (shape.length === 0) return 'scalar'
  return shape.map((size, axis) => size ?? (axis === 0 ? 'batch' : '?')).join(' × ')
}

const isType = (attribute: Attribute): boolean =>
  attribute.kind === 'dtype' || (attribute.kind === 'list' && attribute.items.at(0)?.kind === 'dtype')

const shortened = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text)
