import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js'
import { describe, expect, it } from 'vitest'
import { openModel } from '.'
import { randomInt, seeded } from '../graph/testing/random'
import { blobFile, memoryFile, readAll, readText } from './source'
import { errorOf } from './testing/errors'
import { fixtureFiles, quiet, textFile } from './testing/files'
import { expandZips, writeZip } from './zip'
import type { SourceFile } from './types'

const encoder = new TextEncoder()
const local = [0x50, 0x4b, 3, 4]
const central = [0x50, 0x4b, 1, 2]

async function zipOf(files: Record<string, Uint8Array>, options: { password?: string } = {}): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { ...options, zipCrypto: true })
  for (const [path, bytes] of Object.entries(files)) await writer.add(path, new Uint8ArrayReader(bytes))
  return new Uint8Array(await (await writer.close()).arrayBuffer())
}

/** Overwrites bytes at an offset in every header of a kind. */
function patch(zip: Uint8Array, header: readonly number[], offset: number, bytes: readonly number[]): Uint8Array {
  const patched = zip.slice()
  for (let at = 0; at < zip.length - 4; at++) {
    if (header.every((byte, index) => zip[at + index] === byte)) patched.set(bytes, at + offset)
  }
  return patched
}

const expand = (zip: Uint8Array, path = 'a.zip') => expandZips([memoryFile(path, zip)], quiet)

async function readAllOf(zip: Uint8Array): Promise<void> {
  for (const file of await expand(zip)) await readAll(file)
}

describe('expandZips', () => {
  it('puts what a zip holds in a folder of its name, and passes other files through', async () => {
    const long = encoder.encode('0123456789'.repeat(5000))
    const zip = await zipOf({ 'model.json': encoder.encode('{}'), 'sub/w.bin': long })
    const files = await expandZips([textFile('x.txt', 'x'), memoryFile('mine/net.zip', zip)], quiet)
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ['x.txt', 1],
      ['mine/net/model.json', 2],
      ['mine/net/sub/w.bin', 50000],
    ])
    expect(await readAll(files[2])).toEqual(long)
    expect(new TextDecoder().decode(await files[2].slice(9, 14))).toBe('90123')
    expect(await readText(files[1])).toBe('{}')
  })

  it('takes names with back-slashes, as Keras on Windows wrote them, for paths', async () => {
    const zip = await zipOf({ 'assets\\vocabulary.txt': encoder.encode('a') })
    expect((await expand(zip)).map(({ path }) => path)).toEqual(['a/assets/vocabulary.txt'])
  })

  it('refuses one with far more entries than a model has, when it has listed so many', async () => {
    const writer = new ZipWriter(new BlobWriter())
    for (let i = 0; i <= 20_000; i++) await writer.add(String(i), undefined, { directory: false })
    const zip = new Uint8Array(await (await writer.close()).arrayBuffer())
    expect(await errorOf(expand(zip))).toMatchObject({ code: 'bad-zip', details: { reason: 'unpacks' } })
  }, 120_000)

  it('goes by content, not by name', async () => {
    const zip = await zipOf({ a: encoder.encode('a') })
    expect((await expand(zip, 'download')).map(({ path }) => path)).toEqual(['download/a'])
    expect((await expandZips([textFile('a.zip', 'no zip')], quiet)).map(({ path }) => path)).toEqual(['a.zip'])
  })

  it('looks at the head of an entry without unpacking the rest', async () => {
    let read = 0
    const random = seeded(1)
    const noise = new Uint8Array(8_000_000).map(() => randomInt(random, 256))
    const inner = memoryFile('big.zip', await zipOf({ 'big.bin': noise }))
    const counting: SourceFile = { ...inner, slice: (start, end) => ((read += end - start), inner.slice(start, end)) }
    const [file] = await expandZips([counting], quiet)
    read = 0
    expect(await file.slice(0, 100)).toEqual(noise.slice(0, 100))
    expect(read).toBeLessThan(inner.size / 2)
    expect(Buffer.compare(await readAll(file), noise)).toBe(0)
  })

  it('drops what systems leave behind, and leaves zips inside alone', async () => {
    const zip = await zipOf({
      '__MACOSX/._a': encoder.encode('x'),
      'f/.DS_Store': encoder.encode('x'),
      'f/Thumbs.db': encoder.encode('x'),
      'f/inner.zip': await zipOf({ a: encoder.encode('a') }),
    })
    expect((await expand(zip)).map(({ path }) => path)).toEqual(['a/f/inner.zip'])
  })

  it('refuses a zip with a password, and says so', async () => {
    const error = await errorOf(expand(await zipOf({ 'w.bin': encoder.encode('secret') }, { password: 'x' })))
    expect([error.code, error.details.path]).toEqual(['bad-zip', 'a.zip'])
    expect(error.message).toContain('password')
  })

  it('refuses a zip that is cut off anywhere', async () => {
    const zip = await zipOf({ 'a.txt': encoder.encode('hello'.repeat(100)), 'b.txt': encoder.encode('b') })
    for (let length = 4; length < zip.length; length += 7) {
      const error = await errorOf(readAllOf(zip.slice(0, length)))
      expect([length, error.code]).toEqual([length, 'bad-zip'])
      expect(error.message).toContain('a.zip is damaged or cut off')
    }
  })

  it('refuses an entry packed in an unknown way once it is read', async () => {
    const zip = await zipOf({ 'a.txt': encoder.encode('hello'.repeat(100)) })
    const error = await errorOf(readAllOf(patch(patch(zip, central, 10, [12]), local, 8, [12])))
    expect(error.code).toBe('bad-zip')
    expect(error.message).toContain('a.txt')
  })

  it('refuses an entry whose data is damaged', async () => {
    const text = encoder.encode(Array.from({ length: 200 }, (_, index) => index * 7919).join())
    const zip = await zipOf({ 'a.txt': text })
    zip.set([zip[100] ^ 0xff, zip[101] ^ 0xff], 100)
    const error = await errorOf(readAllOf(zip))
    expect(error.code).toBe('bad-zip')
    expect(error.message).toContain('a.txt')
  })

  it('refuses a bomb by what it says of itself, and one that lies once it is read', async () => {
    const zip = await zipOf({ 'a.txt': encoder.encode('hello'.repeat(100)) })
    const huge = await errorOf(expand(patch(zip, central, 24, [0, 0, 0, 0x7f])))
    expect(huge.code).toBe('bad-zip')
    expect(huge.message).toContain('would unpack to more than')
    const lies = patch(patch(zip, central, 24, [10, 0, 0, 0]), local, 22, [10, 0, 0, 0])
    expect((await errorOf(readAllOf(lies))).code).toBe('bad-zip')
  })
})

describe('a model in a zip', () => {
  it('opens as from its folder, and is named after the zip', async () => {
    const files = fixtureFiles('cnn-groups', 'web_model')
    const written = await Promise.all(files.map(async (file) => ({ path: file.path, bytes: await readAll(file) })))
    const model = await openModel([blobFile('little-net.zip', await writeZip(written))], quiet)
    expect(model.name).toBe('little-net')
    expect(model.graph).toEqual((await openModel(files, quiet)).graph)
  })
})

describe('an entry that is not compressed, in a zip on disk', () => {
  it('is read where it lies, without a copy of it', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i % 251)
    const zip = await writeZip([
      { path: 'text.json', bytes: encoder.encode('{}') },
      { path: 'weights.bin', bytes },
    ])
    const [text, weights] = await expandZips([blobFile('model.zip', zip)], quiet)
    expect(weights.blob?.size).toBe(5000)
    expect(await readAll(weights)).toEqual(bytes)
    expect(await weights.slice(100, 105)).toEqual(bytes.slice(100, 105))
    expect(await readText(text)).toBe('{}')
  })
})
