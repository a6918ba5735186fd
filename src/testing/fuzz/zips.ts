import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { readAll } from '../../formats/source'
import type { SourceFile } from '../../formats/types'
import { pick, randomInt } from '../../graph/testing/random'

/** The files in a zip; every second one with the larger fields of zip64. */
export async function zipped(files: readonly SourceFile[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false })
  for (const [i, file] of files.entries()) {
    const reader = new Uint8ArrayReader(await readAll(file))
    await writer.add(file.path, reader, { zip64: i % 2 === 1, level: i % 2 === 0 ? 6 : 0 })
  }
  return writer.close()
}

/** Where the numbers of each kind of record stand: from its signature on, and their bytes. */
const records: readonly {
  readonly signature: number
  readonly numbers: readonly (readonly [at: number, size: number])[]
}[] = [
  // Of a file, in front of its data.
  {
    signature: 0x04034b50,
    numbers: [
      [6, 2],
      [8, 2],
      [14, 4],
      [18, 4],
      [22, 4],
      [26, 2],
      [28, 2],
    ],
  },
  // Of a file, in the directory.
  {
    signature: 0x02014b50,
    numbers: [
      [8, 2],
      [10, 2],
      [16, 4],
      [20, 4],
      [24, 4],
      [28, 2],
      [30, 2],
      [32, 2],
      [42, 4],
    ],
  },
  // The end of the directory, and that of zip64 with its locator.
  {
    signature: 0x06054b50,
    numbers: [
      [8, 2],
      [10, 2],
      [12, 4],
      [16, 4],
      [20, 2],
    ],
  },
  {
    signature: 0x06064b50,
    numbers: [
      [4, 8],
      [24, 8],
      [32, 8],
      [40, 8],
      [48, 8],
    ],
  },
  {
    signature: 0x07064b50,
    numbers: [
      [8, 8],
      [16, 4],
    ],
  },
]
const oddNumbers = [0, 1, 2, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff]

/** A zip with one to three of its numbers (sizes, offsets, counts, flags, methods) changed. Source: PKWARE's APPNOTE, 4.3. */
export function withOddNumbers(zip: Uint8Array, random: () => number): Uint8Array {
  const bytes = zip.slice()
  const view = new DataView(bytes.buffer)
  const places = placesIn(view)
  for (let count = 1 + randomInt(random, 3); count > 0; count--) {
    const { at, size } = pick(random, places)
    const old = size === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
    const value = random() < 0.3 ? old + 1 : random() < 0.2 ? old - 1 : pick(random, oddNumbers)
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    if (size === 8) view.setUint32(at + 4, random() < 0.2 ? pick(random, oddNumbers) : 0, true)
  }
  return bytes
}

function placesIn(view: DataView): { at: number; size: number }[] {
  const places: { at: number; size: number }[] = []
  for (let start = 0; start + 4 <= view.byteLength; start++) {
    const record = records.find(({ signature }) => signature === view.getUint32(start, true))
    for (const [offset, size] of record?.numbers ?? []) {
      if (start + offset + size <= view.byteLength) places.push({ at: start + offset, size })
    }
  }
  return places
}
