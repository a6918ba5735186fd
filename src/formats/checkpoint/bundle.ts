import { fromBinary } from '@bufbuild/protobuf'
import { CutpointError } from '../../errors'
import type { DType } from '../../graph/types'
import { readDtype } from '../graphdef/dtypes'
import {
  BundleEntryProtoSchema,
  BundleHeaderProtoSchema,
  type BundleEntryProto,
  type TensorShapeProto,
  type TensorSliceProto,
} from '../protobuf/tensorflow_pb'
import type { SourceFile } from '../types'
import { badCheckpoint, badChecksum, cutShort } from './bad-checkpoint'
import { crc32c, masked } from './crc32c'
import { readTable, type TableEntry } from './table'

/** Where the bytes of one tensor, or of a piece of one, lie. */
export interface Stored {
  readonly key: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly file: SourceFile
  readonly offset: number
  readonly size: number
  readonly crc: number
}

/** A piece of a tensor that was saved in several: from where, and how much of each dimension. */
export interface SavedSlice {
  readonly start: readonly number[]
  readonly stored: Stored
}

/** One tensor of a checkpoint. */
export interface BundleTensor {
  readonly key: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly slices: readonly SavedSlice[]
}

/** A checkpoint as TensorFlow 2 and late versions of 1 write it: an index and its files of data. */
export interface Bundle {
  readonly tensors: ReadonlyMap<string, BundleTensor>
}

/**
 * Opens a checkpoint: reads its index, and makes sure that its files of data are there and long enough.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/tensor_bundle/tensor_bundle.h
 * `shard` finds the file of data number `shard` of `count`, or throws.
 * Throws CutpointError `truncated`, `bad-checksum`, `bad-weight`, and what `shard` throws.
 */
export async function openBundle(
  index: SourceFile,
  shard: (shard: number, count: number) => SourceFile,
): Promise<Bundle> {
  const entries = await readTable(index)
  // Keys are sorted and the header's is empty, so that it comes first.
  const first = entries.at(0)
  if (first?.key !== '') throw badCheckpoint(index, 'it has no header')
  const header = decode(index, first.value, BundleHeaderProtoSchema)
  const others = entries.slice(1)
  if (header.endianness !== 0) {
    throw badCheckpoint(index, 'its data was written on a big-endian machine, which Cutpoint does not read')
  }
  const shards = new Map<number, SourceFile>()
  const place = (key: string, entry: BundleEntryProto): Stored => {
    if (entry.shardId < 0 || entry.shardId >= Math.max(1, header.numShards)) {
      throw badCheckpoint(index, `“${key}” is said to be in a file that does not exist`)
    }
    const file = shards.get(entry.shardId) ?? shard(entry.shardId, header.numShards)
    shards.set(entry.shardId, file)
    return placed(index, file, key, entry)
  }
  // Pieces have keys of their own, which begin with a zero, and come in the order of where they start.
  const pieces = new Map<string, Stored[]>()
  for (const { key, value } of others.filter((entry) => entry.key.startsWith('\0'))) {
    const name = sliceName(key)
    const known = pieces.get(name) ?? []
    known.push(place(name, decode(index, value, BundleEntryProtoSchema)))
    pieces.set(name, known)
  }
  const tensors = new Map<string, BundleTensor>()
  for (const { key, value } of others.filter((entry) => !entry.key.startsWith('\0'))) {
    const name = utf8(key)
    tensors.set(
      name,
      tensorOf(index, name, decode(index, value, BundleEntryProtoSchema), pieces.get(name) ?? [], place),
    )
  }
  return { tensors }
}

function tensorOf(
  index: SourceFile,
  key: string,
  entry: BundleEntryProto,
  pieces: readonly Stored[],
  place: (key: string, entry: BundleEntryProto) => Stored,
): BundleTensor {
  const shape = shapeOf(index, key, entry.shape)
  const dtype = readDtype(entry.dtype)
  if (entry.slices.length === 0) {
    return { key, dtype, shape, slices: [{ start: shape.map(() => 0), stored: place(key, entry) }] }
  }
  const starts = entry.slices.map(startOf).sort(compare)
  if (starts.length !== pieces.length || starts.some((start) => start.length !== shape.length)) {
    throw badCheckpoint(index, `“${key}” was saved in pieces, of which some are missing`)
  }
  const slices = starts.map((start, i) => ({ start, stored: pieces[i] }))
  for (const { start, stored } of slices) {
    const inside = stored.shape.length === shape.length && stored.shape.every((size, i) => start[i] + size <= shape[i])
    if (!inside) throw badCheckpoint(index, `a piece of “${key}” goes beyond it`)
  }
  return { key, dtype, shape, slices }
}

/** Bytes of a tensor, or of a piece of one, held against their checksum. Throws CutpointError `bad-checksum`. */
export async function readStored({ file, key, offset, size, crc }: Stored): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await file.slice(offset, offset + size)
  if (bytes.length < size) throw cutShort(file, offset + size)
  if (masked(crc32c(bytes)) !== crc) throw badChecksum(file, `“${key}”`, { weight: key })
  return bytes
}

function placed(index: SourceFile, file: SourceFile, key: string, entry: BundleEntryProto): Stored {
  const [offset, size] = [Number(entry.offset), Number(entry.size)]
  if (offset < 0 || size < 0) throw badCheckpoint(index, `“${key}” has no place in the data`)
  if (offset + size > file.size) throw cutShort(file, offset + size)
  return {
    key,
    dtype: readDtype(entry.dtype),
    shape: shapeOf(index, key, entry.shape),
    file,
    offset,
    size,
    crc: entry.crc32c,
  }
}

function shapeOf(index: SourceFile, key: string, shape: TensorShapeProto | undefined): number[] {
  const sizes = (shape?.dim ?? []).map((dim) => Number(dim.size))
  if (sizes.length > 32 || sizes.some((size) => size < 0))
    throw badCheckpoint(index, `the shape of “${key}” makes no sense`)
  return sizes
}

const startOf = (slice: TensorSliceProto): number[] => slice.extent.map((extent) => Number(extent.start))

function compare(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, i) => value !== b[i])
  return differs < 0 ? 0 : a[differs] - b[differs]
}

/** A piece's key is a zero, the tensor's name ended by 0 1 (0 and 255 in it escaped), and where the piece lies. */
function sliceName(key: string): string {
  const end = key.indexOf('\0\u0001', 1)
  return utf8(
    key
      .slice(1, end < 0 ? key.length : end)
      .replaceAll('\0\u00ff', '\0')
      .replaceAll('\u00ff\0', '\u00ff'),
  )
}

function utf8(latin1: string): string {
  return new TextDecoder().decode(Uint8Array.from(latin1, (character) => character.charCodeAt(0)))
}

type Message = typeof BundleHeaderProtoSchema | typeof BundleEntryProtoSchema

function decode<S extends Message>(
  file: SourceFile,
  value: TableEntry['value'],
  schema: S,
): ReturnType<typeof fromBinary<S>> {
  try {
    return fromBinary(schema, value)
  } catch (error) {
    if (error instanceof CutpointError) throw error
    throw badCheckpoint(file, 'an entry of its list of tensors makes no sense')
  }
}
