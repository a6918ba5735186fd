import { BlobWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import { lookInto } from '.'
import { fixture } from '../fixtures'
import type { DroppedFile } from './types'
import { unzip } from './unzip'

/** What is taken in, as the plan says, and what is not. */
async function expand(files: readonly DroppedFile[]) {
  const { listing, sources, plan } = await lookInto(files)
  const entries = plan.photos.flatMap((photo, place) => {
    const source = sources[place]
    const { path } = listing.pictures[place]
    return photo ? [{ path, label: photo.label, blob: typeof source === 'number' ? files[source].blob : source }] : []
  })
  return { entries, rejected: plan.rejected }
}

interface Packed {
  path: string
  bytes: Uint8Array<ArrayBuffer>
  options?: ZipWriterAddDataOptions
}

async function zip(files: readonly Packed[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false })
  for (const { path, bytes, options } of files) await writer.add(path, new Blob([bytes]).stream(), options)
  return writer.close()
}

const png = fixture('rgb.png')
const jpeg = fixture('cmyk.jpg')
const text = fixture('text.jpg')

describe('lookInto', () => {
  it('tells pictures from the rest by content, drops junk, and keeps order and paths', async () => {
    const { entries, rejected } = await expand([
      { path: 'train/cats/1.jpg', blob: new Blob([png]) },
      { path: 'train/cats/.DS_Store', blob: new Blob([text]) },
      { path: 'train/cats/notes.jpg', blob: new Blob([text]) },
      { path: '2.txt', blob: new Blob([jpeg]) },
      { path: 'empty.png', blob: new Blob([]) },
    ])
    expect(entries.map(({ path, label }) => [path, label])).toEqual([
      ['train/cats/1.jpg', 'cats'],
      ['2.txt', null],
    ])
    expect(rejected).toEqual([
      { name: 'train/cats/notes.jpg', reason: 'This is text, not a picture.' },
      { name: 'empty.png', reason: 'The file is empty.' },
    ])
  })

  it('opens a zip whatever it is called, and takes labels from the folders in it', async () => {
    const blob = await zip([
      { path: 'photos/cats/1.png', bytes: png },
      { path: 'photos/dogs/2.jpg', bytes: jpeg },
      { path: 'loose.png', bytes: png },
      { path: '__MACOSX/photos/cats/._1.png', bytes: text },
      { path: 'photos/readme.md', bytes: text },
    ])
    const { entries, rejected } = await expand([{ path: 'photos.bin', blob }])
    expect(entries.map(({ path, label }) => [path, label])).toEqual([
      ['photos.bin/photos/cats/1.png', 'cats'],
      ['photos.bin/photos/dogs/2.jpg', 'dogs'],
      ['photos.bin/loose.png', null],
    ])
    expect(new Uint8Array(await entries[1].blob.arrayBuffer())).toEqual(jpeg)
    expect(rejected).toEqual([{ name: 'photos.bin/photos/readme.md', reason: 'This is text, not a picture.' }])
  })

  it('gives pictures loose in a zip the label of the folder the zip lies in', async () => {
    const { entries } = await expand([{ path: 'dogs/a.zip', blob: await zip([{ path: '1.png', bytes: png }]) }])
    expect(entries.map(({ label }) => label)).toEqual(['dogs'])
  })

  it('rejects what is encrypted and what is a zip again, and keeps the rest', async () => {
    const inner = new Uint8Array(await (await zip([{ path: '1.png', bytes: png }])).arrayBuffer())
    const blob = await zip([
      { path: 'a/secret.png', bytes: png, options: { password: 'x' } },
      { path: 'a/old.png', bytes: png, options: { password: 'x', zipCrypto: true } },
      { path: 'a/inner.zip', bytes: inner },
      { path: 'a/open.png', bytes: png },
    ])
    const { entries, rejected } = await expand([{ path: 'z.zip', blob }])
    expect(entries.map(({ path }) => path)).toEqual(['z.zip/a/open.png'])
    expect(rejected.map(({ name, reason }) => [name, reason.split(';')[0]])).toEqual([
      ['z.zip/a/secret.png', 'It is protected with a password'],
      ['z.zip/a/old.png', 'It is protected with a password'],
      ['z.zip/a/inner.zip', 'This is a zip inside another file'],
    ])
  })

  it('rejects a zip cut off at any place, without hanging or throwing', async () => {
    const whole = await zip([
      { path: 'a/1.png', bytes: png },
      { path: 'a/2.png', bytes: png },
    ])
    for (let length = 4; length < whole.size; length += 41) {
      const { entries, rejected } = await expand([{ path: 'z.zip', blob: whole.slice(0, length) }])
      expect(entries).toEqual([])
      expect(rejected).toEqual([{ name: 'z.zip', reason: 'The zip is damaged or incomplete.' }])
    }
  })

  it('rejects one damaged file in a zip and reads the next', async () => {
    const stored = { options: { level: 0 } }
    const blob = await zip([
      { path: 'a/1.png', bytes: png, ...stored },
      { path: 'a/2.png', bytes: png, ...stored },
    ])
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const at = bytes.findIndex(
      (_, index) => bytes[index] === 0x49 && bytes[index + 1] === 0x44 && bytes[index + 2] === 0x41,
    )
    bytes[at + 6] ^= 0xff
    const { entries, rejected } = await expand([{ path: 'z.zip', blob: new Blob([bytes]) }])
    expect(entries.map(({ path }) => path)).toEqual(['z.zip/a/2.png'])
    expect(rejected.map(({ name }) => name)).toEqual(['z.zip/a/1.png'])
  })

  it('takes an Office document for what it is', async () => {
    const blob = await zip([
      { path: '[Content_Types].xml', bytes: text },
      { path: 'word/media/image1.png', bytes: png },
    ])
    const { entries, rejected } = await expand([{ path: 'letter.docx', blob }])
    expect(entries).toEqual([])
    expect(rejected).toHaveLength(1)
    expect(rejected[0].reason).toContain('document')
  })
})

describe('limits of unzipping', () => {
  const roomy = { entries: 10, bytes: 1e7, entryBytes: 1e6, totalBytes: 1e7 }

  it('refuses by number, by size of one and by size of all, before unpacking', async () => {
    const blob = await zip([
      { path: 'a.png', bytes: png },
      { path: 'zeros.png', bytes: new Uint8Array(3e6) },
    ])
    expect(blob.size).toBeLessThan(10_000)
    expect((await unzip(blob, 'z', { ...roomy, entries: 1 })).rejected[0].reason).toBe(
      'The zip holds more than 1 files. Unpack it yourself, and drop what you need of it.',
    )
    expect((await unzip(blob, 'z', { ...roomy, totalBytes: 2e6 })).rejected[0].reason).toContain('unpacks to 4 MB')
    const { files, rejected } = await unzip(blob, 'z', roomy)
    expect(files.map(({ path }) => path)).toEqual(['a.png'])
    expect(rejected).toEqual([{ name: 'z/zeros.png', reason: 'It unpacks to 3 MB, and at most 1 MB a file are read.' }])
  })

  it('refuses what unpacks to far more than its own size', async () => {
    const bomb = await zip([1, 2, 3].map((name) => ({ path: `${name}.png`, bytes: new Uint8Array(3e6) })))
    expect(bomb.size).toBeLessThan(30_000)
    const { files, rejected } = await unzip(bomb, 'z', { entries: 10, bytes: 1e6, entryBytes: 1e9, totalBytes: 1e9 })
    expect(files).toEqual([])
    expect(rejected).toHaveLength(1)
    expect(rejected[0].reason).toContain('as only files made to do harm do')
  })

  it('stops where more comes out than the zip says', async () => {
    const blob = await zip([{ path: 'zeros.png', bytes: new Uint8Array(3e6) }])
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const view = new DataView(bytes.buffer)
    // Every stored copy of the unpacked size (headers, data descriptor) now says 1000 bytes.
    for (let at = 0; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === 3e6) view.setUint32(at, 1000, true)
    const { files, rejected } = await unzip(new Blob([bytes]), 'z', roomy)
    expect(files).toEqual([])
    expect(rejected.map(({ name }) => name)).toEqual(['z/zeros.png'])
  })
})
