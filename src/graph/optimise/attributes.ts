import type { Attribute, Attributes } from '../types'

/** A whole number as an attribute. */
export const int = (value: number): Attribute => ({ kind: 'int', value })

/** Attributes without what the file says of the results' shapes. */
export function withoutStoredShapes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== '_output_shapes'))
}
