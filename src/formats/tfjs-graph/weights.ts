import type { ReadContext, SourceFile } from '../types'
import type { ManifestSpec, WeightGroup } from './manifest'
import { bytesOf, readShards, shardSize, type GroupData } from './shards'
import { describe, type StoredWeight } from '../weights/store'

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
function endOfStrings(spec: ManifestSpec, data: GroupData, start: number, group: WeightGroup): number {
  let end = start
  for (let index = 0; index < spec.count; index++) {
    if (end + 4 > data.size) throw shardSize(group, end + 4, data.size)
    const head = bytesOf(data, end, end + 4)
    end += 4 + new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true)
  }
  return end
}
