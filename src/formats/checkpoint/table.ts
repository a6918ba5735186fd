import { BinaryReader } from '@bufbuild/protobuf/wire'
import { CutpointError } from '../../errors'
import type { SourceFile } from '../types'
import { badCheckpoint, badChecksum, cutShort } from './bad-checkpoint'
import { crc32c, masked } from './crc32c'
import { unpackSnappy } from './snappy'

/** A key and its value. Keys are bytes, here as Latin-1. */
export interface TableEntry {
  readonly key: string
  readonly value: Uint8Array
}

const footerSize = 48
const trailerSize = 5
/** The way to compress a block that there is. */
const snappy = 1
/** 0xdb4775248b80fb57, the lower half first. */
const magic: readonly [number, number] = [0x8b80fb57, 0xdb477524]

/**
 * All entries of a sorted string table, in the order of their keys, each block held against its checksum.
 * https://github.com/google/leveldb/blob/main/doc/table_format.md
 * Throws CutpointError `truncated`, `bad-checksum` or `bad-weight`.
 */
export async function readTable(file: SourceFile): Promise<TableEntry[]> {
  if (file.size < footerSize) throw cutShort(file, footerSize)
  const footer = await file.slice(file.size - footerSize, file.size)
  const view = new DataView(footer.buffer, footer.byteOffset)
  if (view.getUint32(40, true) !== magic[0] || view.getUint32(44, true) !== magic[1]) {
    throw badCheckpoint(file, 'it is not the index of a checkpoint, or its end is missing')
  }
  const handles = reading(file, () => {
    const reader = new BinaryReader(footer)
    // The block of metadata, which TensorFlow leaves empty, and the index.
    readHandle(reader)
    return readHandle(reader)
  })
  const entries: TableEntry[] = []
  for (const { value } of entriesOf(await readBlock(file, handles), file)) {
    const handle = reading(file, () => readHandle(new BinaryReader(value)))
    for (const entry of entriesOf(await readBlock(file, handle), file)) entries.push(entry)
    if (entries.length > mostEntries) throw badCheckpoint(file, `it lists more than ${mostEntries} tensors`)
  }
  return entries
}

const mostEntries = 1_000_000

interface Handle {
  readonly offset: number
  readonly size: number
}

function readHandle(reader: BinaryReader): Handle {
  return { offset: Number(reader.uint64()), size: Number(reader.uint64()) }
}

/** The bytes of a block, without its trailer: one byte that says how it is compressed, and the checksum of both. */
async function readBlock(file: SourceFile, { offset, size }: Handle): Promise<Uint8Array> {
  const end = offset + size + trailerSize
  if (end > file.size) throw cutShort(file, end)
  const bytes = await file.slice(offset, end)
  const stored = new DataView(bytes.buffer, bytes.byteOffset).getUint32(size + 1, true)
  if (masked(crc32c(bytes.subarray(0, size + 1))) !== stored) throw badChecksum(file, 'its list of tensors')
  const block = bytes.subarray(0, size)
  if (bytes[size] === 0) return block
  if (bytes[size] !== snappy) throw badCheckpoint(file, 'it is compressed in a way that Cutpoint cannot read')
  return reading(file, () => unpackSnappy(block))
}

/** Entries of a block: the length of what a key shares with the one before, of the rest, and of the value; then these. */
function entriesOf(block: Uint8Array, file: SourceFile): TableEntry[] {
  return reading(file, () => {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
    const restarts = view.getUint32(block.length - 4, true)
    const end = block.length - 4 * (restarts + 1)
    const entries: TableEntry[] = []
    const reader = new BinaryReader(block)
    for (let key = ''; reader.pos < end;) {
      const [shared, rest, length] = [reader.uint32(), reader.uint32(), reader.uint32()]
      const start = reader.pos
      if (shared > key.length || start + rest + length > end) throw new RangeError('goes beyond the block')
      key = key.slice(0, shared) + latin1(block.subarray(start, start + rest))
      entries.push({ key, value: block.subarray(start + rest, start + rest + length) })
      reader.pos = start + rest + length
    }
    return entries
  })
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** What is read, or an error that names the file. */
function reading<T>(file: SourceFile, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof CutpointError) throw error
    throw badCheckpoint(file, 'its list of tensors makes no sense')
  }
}
