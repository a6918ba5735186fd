import { dtypeAttribute } from '../../graph/lookup/attributes'
import type { DType, GraphNode } from '../../graph/types'
import type { BackendName } from '../../types'

type Refusal = (node: GraphNode, backend: BackendName) => string | null

/** Types that are computed in float32. */
const floats = new Set<DType>(['float32', 'float16', 'bfloat16', 'float64'])

/** Whether a node computes in whole numbers, or in truth. */
export const isWhole = (node: GraphNode): boolean => !floats.has(dtypeAttribute(node, 'T', 'float32'))

/** The first reason among several. */
export const anyOf =
  (...refusals: readonly Refusal[]): Refusal =>
  (node, backend) => {
    for (const refusal of refusals) {
      const reason = refusal(node, backend)
      if (reason !== null) return reason
    }
    return null
  }

/** For ops that some backends compute other than TensorFlow, all or only those that `when` names. */
export const wrongOn =
  (backends: readonly BackendName[], when: (node: GraphNode) => boolean = () => true): Refusal =>
  (node, backend) =>
    backends.includes(backend) && when(node)
      ? `the ${backend} backend computes “${node.op}” other than TensorFlow`
      : null

/** For ops that the wasm backend computes for float32 only. Source: tfjs-backend-wasm 4.22, `kernels`. */
export const floatOnlyOnWasm: Refusal = (node, backend) =>
  backend === 'wasm' && isWhole(node) ? `the ${backend} backend runs “${node.op}” only on float32` : null

const small = new Set<DType>(['uint8', 'int8', 'uint16', 'int16'])

/**
 * Why a backend does not compute in a type: GPUs hold whole numbers as floats, exactly up to 2²⁴, and what does not fit into
 * 16 bits and has not started over yet is soon beyond that.
 */
export function startsOverLate(type: DType, backend: BackendName): string | null {
  const isWide = (type === 'uint16' || type === 'int16') && (backend === 'webgl' || backend === 'webgpu')
  return isWide ? `the ${backend} backend does not compute exactly in ${type}` : null
}

/** For ops that are composed where their results start over. */
export const tooWideOnGpus: Refusal = (node, backend) => startsOverLate(dtypeAttribute(node, 'T', 'float32'), backend)

/** For ops whose results soon outgrow bytes; of others, compositions take what is left (src/graph/optimise/compose). */
export const startsOver: Refusal = (node) => {
  const type = dtypeAttribute(node, 'T', 'float32')
  if (!small.has(type)) return null
  return `it computes in ${type}, whose numbers start over where they end, which TensorFlow.js does not do`
}
