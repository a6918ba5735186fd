import type { Attribute, DType, GraphNode } from '../../types'
import { Edit } from '../edit'
import type { Pass } from '../types'

/** Types that TensorFlow.js does not read, by those it has for the same numbers. Source: tfjs-converter 4.22, `parseDtypeParam`. */
const plain: Partial<Record<DType, DType>> = { bfloat16: 'float32', int16: 'int32', uint16: 'int32' }

/** Computes in float32 what is bfloat16, and in int32 what is int16 or uint16, as TensorFlow.js does with float16 and int8. */
export const plainTypes: Pass = {
  name: 'use types that TensorFlow.js has',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      const changed = Object.entries(node.attributes).flatMap(([name, attribute]) => {
        const type = attribute && plainType(attribute)
        return type ? [[name, type] as const] : []
      })
      if (changed.length > 0) edit.replace(node, withAttributes(node, changed))
    }
    return edit.apply()
  },
}

function plainType(attribute: Attribute): Attribute | null {
  const value = attribute.kind === 'dtype' ? plain[attribute.value] : undefined
  return value === undefined ? null : { kind: 'dtype', value }
}

const withAttributes = (node: GraphNode, changed: readonly (readonly [string, Attribute])[]): GraphNode => ({
  ...node,
  attributes: { ...node.attributes, ...Object.fromEntries(changed) },
})
