import type { Attribute, Attributes, DType, Shape } from '../types'

/** Anything that carries attributes: a node, or a function attribute. */
export interface Attributed {
  readonly attributes: Attributes
}

type AttributeKind = Attribute['kind']
type OfKind<K extends AttributeKind> = Extract<Attribute, { kind: K }>

function ofKind<K extends AttributeKind>(attribute: Attribute | undefined, kind: K): OfKind<K> | undefined {
  return isKind(attribute, kind) ? attribute : undefined
}

function isKind<K extends AttributeKind>(attribute: Attribute | undefined, kind: K): attribute is OfKind<K> {
  return attribute?.kind === kind
}

/**
 * The getters below return the attribute's value, or `fallback` where the node does not have it. Pass the op
 * definition's default: graphs frozen years ago leave out attributes that ops were given since.
 */
export function intAttribute<F>(node: Attributed, name: string, fallback: F): number | F {
  return ofKind(node.attributes[name], 'int')?.value ?? fallback
}

/** As `intAttribute`; a float that was written as a whole number counts too. */
export function floatAttribute<F>(node: Attributed, name: string, fallback: F): number | F {
  const attribute = node.attributes[name]
  return ofKind(attribute, 'float')?.value ?? ofKind(attribute, 'int')?.value ?? fallback
}

/** A boolean, e.g. `keep_dims`. */
export function boolAttribute<F>(node: Attributed, name: string, fallback: F): boolean | F {
  return ofKind(node.attributes[name], 'bool')?.value ?? fallback
}

/** A string, e.g. `padding`. */
export function stringAttribute<F>(node: Attributed, name: string, fallback: F): string | F {
  return ofKind(node.attributes[name], 'string')?.value ?? fallback
}

/** A data type, e.g. `T`. */
export function dtypeAttribute<F>(node: Attributed, name: string, fallback: F): DType | F {
  return ofKind(node.attributes[name], 'dtype')?.value ?? fallback
}

/** A shape attribute; null where the file says that the rank is unknown. */
export function shapeAttribute<F>(node: Attributed, name: string, fallback: F): Shape | null | F {
  const attribute = ofKind(node.attributes[name], 'shape')
  return attribute === undefined ? fallback : attribute.value
}

function listAttribute<K extends AttributeKind, F>(
  node: Attributed,
  name: string,
  kind: K,
  fallback: F,
): OfKind<K>[] | F {
  const list = ofKind(node.attributes[name], 'list')
  if (list === undefined) return fallback
  const items = list.items.filter((item) => isKind(item, kind))
  return items.length === list.items.length ? items : fallback
}

/** A list of whole numbers, e.g. `strides`. */
export function intsAttribute<F>(node: Attributed, name: string, fallback: F): readonly number[] | F {
  const items = listAttribute(node, name, 'int', null)
  return items === null ? fallback : items.map((item) => item.value)
}

/** A list of strings, e.g. `fused_ops`. */
export function stringsAttribute<F>(node: Attributed, name: string, fallback: F): readonly string[] | F {
  const items = listAttribute(node, name, 'string', null)
  return items === null ? fallback : items.map((item) => item.value)
}

/** A list of data types, e.g. `Tout`. */
export function dtypesAttribute<F>(node: Attributed, name: string, fallback: F): readonly DType[] | F {
  const items = listAttribute(node, name, 'dtype', null)
  return items === null ? fallback : items.map((item) => item.value)
}

/** A list of shapes, e.g. `_output_shapes`. */
export function shapesAttribute<F>(node: Attributed, name: string, fallback: F): readonly (Shape | null)[] | F {
  const items = listAttribute(node, name, 'shape', null)
  return items === null ? fallback : items.map((item) => item.value)
}
