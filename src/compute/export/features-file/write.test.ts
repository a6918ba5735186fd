import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js'
import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../../errors'
import { errorOf } from '../../../formats/testing/errors'
import { quietJob } from '../../head/testing/quiet-job'
import { requireFeaturesFormat, writeFeatures } from './write'
import type { FeaturesTable } from './types'

/** Names that mean something to spreadsheets, CSV or NumPy. */
const hostile = ['=1+1', '+a', '-a', '@SUM(A1)', '\ta', 'a,b', 'say "x"', 'two\r\nlines', '', 'Zoë 😀', `a'b`]

const table = (names: readonly string[], length = 3): FeaturesTable => ({
  photos: names.map((name, at) => ({ name, label: at % 2 ? '=cmd' : 'cat', part: at === 2 ? 'test' : 'train' })),
  labels: ['=cmd', 'cat'],
  data: Float32Array.from({ length: names.length * length }, (_, at) => Math.sin(at) * 10 ** (at % 9) - at / 3),
  length,
})

interface Npy {
  readonly kind: string
  readonly shape: readonly number[]
  /** Where the values begin in the file. */
  readonly start: number
  readonly bytes: ArrayBuffer
}

/** Arrays of a `.npz` by their names. */
async function arraysIn(file: Blob): Promise<Map<string, Npy>> {
  const arrays = new Map<string, Npy>()
  for (const entry of await new ZipReader(new BlobReader(file)).getEntries()) {
    if (entry.directory) continue
    expect(entry.compressionMethod).toBe(0)
    const bytes = await entry.getData(new Uint8ArrayWriter())
    expect([...bytes.subarray(0, 8)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0])
    const start = 10 + new DataView(bytes.buffer).getUint16(8, true)
    const header = new TextDecoder().decode(bytes.subarray(10, start))
    const [, kind, shape] =
      /^\{'descr': '(.*?)', 'fortran_order': False, 'shape': \((.*?),?\), \} *\n$/.exec(header) ?? []
    arrays.set(entry.filename, { kind, shape: shape.split(',').map(Number), start, bytes: bytes.slice(start).buffer })
  }
  return arrays
}

/** Texts of fixed-length Unicode as NumPy reads them. */
function textsOf(array: Npy | undefined): string[] {
  if (!array) throw new Error('no such array')
  const length = Number(array.kind.slice(2))
  const points = new Uint32Array(array.bytes)
  return Array.from({ length: array.shape[0] }, (_, row) =>
    String.fromCodePoint(...points.subarray(row * length, (row + 1) * length)).replace(/\0+$/, ''),
  )
}

/** Cells of a CSV by RFC 4180. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted = null, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows[rows.length - 1].push(quoted === null ? plain : quoted.replaceAll('""', '"'))
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('features as NumPy’s arrays', () => {
  it('are five arrays whose values begin at multiples of 64', async () => {
    const given = table(hostile)
    const arrays = await arraysIn(await writeFeatures('npz', given, quietJob))
    expect([...arrays].map(([name, { kind, shape }]) => [name, kind, shape])).toEqual([
      ['features.npy', '<f4', [11, 3]],
      ['labels.npy', '<i4', [11]],
      ['label_names.npy', '<U4', [2]],
      ['parts.npy', '<U5', [11]],
      ['names.npy', '<U10', [11]],
    ])
    for (const { start } of arrays.values()) expect(start % 64).toBe(0)
    const numbers = (name: string) => arrays.get(name)?.bytes ?? new ArrayBuffer()
    expect(new Float32Array(numbers('features.npy'))).toEqual(given.data)
    expect([...new Int32Array(numbers('labels.npy'))]).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    expect(textsOf(arrays.get('label_names.npy'))).toEqual(['=cmd', 'cat'])
    expect(textsOf(arrays.get('parts.npy'))).toEqual(given.photos.map(({ part }) => part))
    expect(textsOf(arrays.get('names.npy'))).toEqual(hostile)
  })

  it('are whole where they take many pieces, and one long name does not make all long', async () => {
    const given = table(
      Array.from({ length: 3_000 }, (_, at) => (at === 7 ? 'x'.repeat(40_000) : `photo ${at}.png`)),
      300,
    )
    const arrays = await arraysIn(await writeFeatures('npz', given, quietJob))
    expect(new Float32Array(arrays.get('features.npy')?.bytes ?? new ArrayBuffer())).toEqual(given.data)
    const names = textsOf(arrays.get('names.npy'))
    expect(names[7]).toBe(`…${'x'.repeat(499)}`)
    expect(names.at(-1)).toBe('photo 2999.png')
  })
})

describe('features as a table', () => {
  it('are a line a photo, whatever it is called, and nothing that a spreadsheet would run', async () => {
    const given = table(hostile)
    const file = await writeFeatures('csv', given, quietJob)
    expect(file.type).toBe('text/csv;charset=utf-8')
    const [head, ...rows] = cellsOf(await file.text())
    expect(head).toEqual(['name', 'label', 'part', 'feature_0', 'feature_1', 'feature_2'])
    const harmless = (text: string): string => (/^[=+\-@\t]/.test(text) ? `'${text}` : text)
    expect(rows.map((cells) => cells.slice(0, 3))).toEqual(
      given.photos.map(({ name, label, part }) => [harmless(name), harmless(label), part]),
    )
    expect(Float32Array.from(rows.flatMap((cells) => cells.slice(3).map(Number)))).toEqual(given.data)
    expect(rows.flatMap((cells) => cells.slice(3)).some((cell) => cell.length > 12)).toBe(false)
  })

  it('are whole where they take many pieces', async () => {
    const given = table(
      Array.from({ length: 700 }, (_, at) => `${at}`),
      120,
    )
    const rows = cellsOf(await (await writeFeatures('csv', given, quietJob)).text()).slice(1)
    expect(rows.map(([name]) => name)).toEqual(given.photos.map(({ name }) => name))
    expect(Float32Array.from(rows.flatMap((cells) => cells.slice(3).map(Number)))).toEqual(given.data)
  })
})

describe.each(['npz', 'csv'] as const)('writing %s', (format) => {
  it('tells how far it is and ends where it is cancelled', async () => {
    const told: number[] = []
    const failed = await errorOf(
      writeFeatures(format, table(Array.from({ length: 4_000 }, String), 200), {
        ...quietJob,
        progress: (_, done, total) => told.push(done / total),
        yieldTurn: () =>
          told.length > 2 ? Promise.reject(new CutpointError('cancelled', 'It was cancelled.', '')) : Promise.resolve(),
      }),
    )
    expect(failed.code).toBe('cancelled')
    expect(told).toHaveLength(3)
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told[2]).toBeLessThan(1)
  })
})

it('refuses a format that is not written', () => {
  expect(requireFeaturesFormat('csv')).toBe('csv')
  expect(() => requireFeaturesFormat('xlsx')).toThrow(expect.objectContaining({ code: 'not-available' }) as Error)
})
