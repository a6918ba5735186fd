import type { Attribute, DType, GraphNode } from '../../types'
import { Edit } from '../edit'
import type { Pass } from '../types'

/** Types that TensorFlow.js does not read, by those it has for the same numbers. Source: tfjs-converter 4.22, `parseDtypeParam`. */
const plain: Partial<Record<DType, DType>> = { bfloat16: 'float32', int16: 'int32', uint16: 'int32' }

/** Computes in float32 what is bfloat16. */
export const plainFloats = toPlain('use floats that TensorFlow.js has', ['bfloat16'])

/**
 * Computes in int32 what is int16 or uint16, as TensorFlow.js does with float16 and int8. Before it, what starts over where
 * these types end has been composed (compose/arithmetic.ts).
 */
export const plainWholes = toPlain('use whole numbers that TensorFlow.js has', ['int16', 'uint16'])

function toPlain(name: string, types: readonly DType[]): Pass {
  const plainType = (attribute: Attribute): Attribute | null => {
    const value = attribute.kind === 'dtype' && types.includes(attribute.value) ? plain[attribute.value] : undefined
    return value === undefined ? null : { kind: 'dtype', value }
  }
  return {
    name,
    run(work) {
      const edit = new Edit(work)
      for (const node of work.graph.nodes) {
        const changed = Object.entries(node.attributes).flatMap(([attributeName, attribute]) => {
          const type = attribute && plainType(attribute)
          return type ? [[attributeName, type] as const] : []
        })
        if (changed.length > 0) edit.replace(node, withAttributes(node, changed))
      }
      return edit.apply()
    },
  }
}

function withAttributes(node: GraphNode, changed: readonly (readonly [string, Attribute])[]): GraphNode {
  return { ...node, attributes: { ...node.attributes, ...Object.fromEntries(changed) } }
}
