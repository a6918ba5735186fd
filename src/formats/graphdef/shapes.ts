import type { Shape } from '../../graph/types'
import { isArray, isRecord, own, protoField, type JsonRecord } from '../json'
import { badGraph } from './bad-graph'

/**
 * A TensorShapeProto: null where the rank is unknown; so is a size where it is negative. (-1 says just that; Grappler
 * leaves lower numbers behind, which tell unknown sizes apart.) Protobuf's JSON writes sizes as strings and leaves out 0.
 */
export function readShape(json: unknown, where: string): Shape | null {
  if (!isRecord(json) || protoField(json, 'unknownRank') === true) return null
  const dims = own(json, 'dim') ?? []
  if (!isArray(dims)) throw badGraph(where, 'its shape is not a list of sizes')
  return dims.map((dim) => {
    const stated = isRecord(dim) ? (own(dim, 'size') ?? 0) : NaN
    const size = typeof stated === 'string' || typeof stated === 'number' ? Number(stated) : NaN
    if (!Number.isSafeInteger(size)) throw badGraph(where, 'its shape holds a size that cannot be')
    return size < 0 ? null : size
  })
}

/** The reverse of `readShape`: sizes as strings, as protobuf's JSON has 64-bit integers; -1 where unknown. */
export function writeShape(shape: Shape | null): JsonRecord {
  if (shape === null) return { unknownRank: true }
  return { dim: shape.map((size) => ({ size: String(size ?? -1) })) }
}
