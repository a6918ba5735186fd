import type { DType, WeightInfo } from '../../graph/types'
import type { ReadContext, SourceFile } from '../types'
import { decodeWeight } from './decode'
import type { WeightGroup, WeightSpec } from './manifest'
import { bytesOf, readShards, shardSize, type GroupData } from './shards'
import type { StoredWeight } from './store'

/** Integer constants up to this many values are kept with the graph: shape inference needs them. */
const mostSmallValues = 256
const smallDtypes = new Set<DType>(['int32', 'uint8', 'bool'])

/**
 * Reads every group's files and finds each weight in them, by name. Strings are walked through; nothing else is looked
 * into. Throws CutpointError `shard-size`.
 */
export async function readWeights(
  groups: readonly WeightGroup[],
  shards: readonly (readonly SourceFile[])[],
  context: ReadContext,
): Promise<Map<string, StoredWeight>> {
  const total = shards.flat().reduce((sum, shard) => sum + shard.size, 0)
  let done = 0
  const progress = (bytes: number): void => {
    done += bytes
    context.progress('Reading the weights', done, total, 'bytes')
  }
  const weights = new Map<string, StoredWeight>()
  for (const [index, group] of groups.entries()) {
    const data = await readShards(group, shards[index], context, progress)
    for (const weight of splitGroup(group, data)) weights.set(weight.info.id, weight)
  }
  return weights
}

/** A weight's facts; small integers get their values. */
export function describe(
  spec: Pick<WeightSpec, 'name' | 'shape' | 'dtype' | 'stored'>,
  bytes: Uint8Array,
): StoredWeight {
  const { name, shape, dtype, stored } = spec
  const count = shape.reduce((product, size) => product * size, 1)
  const isSmall = smallDtypes.has(dtype) && count <= mostSmallValues
  const info: WeightInfo = {
    id: name,
    dtype,
    shape,
    bytes: bytes.length,
    ...(stored && { stored }),
    ...(isSmall && { small: Array.from(decodeWeight(bytes, dtype, stored), Number) }),
  }
  return { info, bytes }
}

function splitGroup(group: WeightGroup, data: GroupData): StoredWeight[] {
  let offset = 0
  const weights = group.specs.map((spec) => {
    const end = spec.width === null ? endOfStrings(spec, data, offset, group) : offset + spec.count * spec.width
    if (end > data.size) throw shardSize(group, end, data.size)
    const weight = describe(spec, bytesOf(data, offset, end))
    offset = end
    return weight
  })
  if (offset !== data.size) throw shardSize(group, offset, data.size)
  return weights
}

/** Where a weight of strings ends: each is a uint32 length and so many bytes. */
function endOfStrings(spec: WeightSpec, data: GroupData, start: number, group: WeightGroup): number {
  let end = start
  for (let index = 0; index < spec.count; index++) {
    if (end + 4 > data.size) throw shardSize(group, end + 4, data.size)
    const head = bytesOf(data, end, end + 4)
    end += 4 + new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true)
  }
  return end
}
