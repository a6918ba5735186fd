import type { Attribute } from '../../graph/types'
import { formatShape } from '../common/format'

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
      return formatShape(attribute.value)
    case 'function':
      return `function ${attribute.name}`
    case 'list':
      return attribute.items.length === 0 ? '(none)' : attribute.items.map(attributeText).join(', ')
    case 'opaque':
      return 'kept as it is in the file'
  }
}
