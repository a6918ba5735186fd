import { fromBinary } from '@bufbuild/protobuf'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { TrackableObjectGraphSchema } from '../protobuf/tensorflow_pb'
import type { Bundle } from './bundle'

const key = '_CHECKPOINTABLE_OBJECT_GRAPH'
const mostBytes = 2 ** 26

/**
 * The keys of variables by their full names, from the graph of objects that TensorFlow 2 keeps in its checkpoints. Empty
 * where there is none or it cannot be read. A tensor of strings is stored as their lengths (varints), four bytes of
 * checksum, and the strings.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/trackable_object_graph.proto
 */
export async function keysByName({ tensors }: Bundle): Promise<ReadonlyMap<string, string>> {
  const stored = tensors.get(key)?.slices.at(0)?.stored
  if (stored?.dtype !== 'string' || stored.shape.length > 0 || stored.size > mostBytes) return new Map()
  try {
    const bytes = await stored.file.slice(stored.offset, stored.offset + stored.size)
    const reader = new BinaryReader(bytes)
    const length = reader.uint32()
    const start = reader.pos + 4
    const { nodes } = fromBinary(TrackableObjectGraphSchema, bytes.subarray(start, start + length))
    const entries = nodes.flatMap(({ attributes }) => attributes)
    return new Map(entries.map(({ fullName, checkpointKey }) => [fullName, checkpointKey]))
  } catch {
    return new Map()
  }
}
