import { expect, it, vi } from 'vitest'
import * as errors from '../../errors'
import type { BlobStore } from '../../keeping/files/blobs'
import { memoryStore } from '../../keeping/files/memory'
import { KeptPictures } from '../../workers/kept-pictures'
import { workerDied } from '../../workers/life/lifeline'
import { FakeWorkers } from '../testing/fake-workers'

/** The store, new, with nowhere to keep files but in memory. */
async function begun() {
  vi.resetModules()
  const fakes = new FakeWorkers()
  vi.doMock('../../errors', () => errors)
  vi.doMock('../../workers/images', () => ({
    createImageWorker: fakes.createImageWorker,
    filesListener: (listener: unknown) => listener,
  }))
  const { openFiles, tidyPictures } = await import('./files')
  const { imageWorker } = await import('../workers/workers')
  await openFiles(['memory'], () => undefined)
  const die = (): void => fakes.imageLives.at(-1)?.died(workerDied())
  const add = (name: string) => imageWorker().examine(new Blob([name]), name)
  const there = async (kind: 'picture' | 'thumbnail', name: string) => (await imageWorker().fetch(kind, name))?.text()
  return { fakes, openFiles, tidyPictures, imageWorker, die, add, there }
}

it('pictures that are only in the memory of an image worker are in that of the next', async () => {
  const { fakes, die, add, there } = await begun()
  const names = Array.from({ length: 120 }, (_, place) => `picture ${place}`)
  for (const name of names) await add(name)
  die()
  // One that is added afterwards, and what was handed over already, outlive another death.
  await add('late')
  die()
  expect(fakes.imageLives).toHaveLength(3)
  for (const name of [...names, 'late']) {
    expect(await there('picture', name)).toBe(name)
    expect(await there('thumbnail', name)).toBe(`small ${name}`)
  }
})

it('what was forgotten does not come back with the next image worker', async () => {
  const { imageWorker, die, add, there } = await begun()
  await add('old')
  await imageWorker().forgetPictures()
  await add('new')
  die()
  expect(await there('picture', 'old')).toBeUndefined()
  expect(await there('picture', 'new')).toBe('new')
})

it('pictures stay where the place of files is opened anew in memory', async () => {
  const { openFiles, add, there } = await begun()
  await add('first')
  await openFiles(['memory'], () => undefined)
  expect(await there('picture', 'first')).toBe('first')
})

it('what goes on in memory still has the pictures that were on disk, and the page holds them', async () => {
  const disk = memoryStore()
  const lost = new Set<string>()
  const get = (key: string): Promise<Blob | null> =>
    lost.has(key) ? Promise.reject(new DOMException('no', 'NotFoundError')) : disk.get(key)
  const files = new KeptPictures(([kind]) => {
    const store: BlobStore = kind === 'opfs' ? { ...disk, kind, get } : memoryStore()
    return Promise.resolve({ store, why: kind === 'opfs' ? null : 'lost' })
  })
  const held: string[] = []
  const listener = { failed: () => undefined, held: (key: string) => void held.push(key), dropped: () => undefined }
  await files.use(['opfs'], listener)
  await files.shelf.put('picture', 'first', new Blob(['first']))
  await files.shelf.put('thumbnail', 'first', new Blob(['small']))
  await files.shelf.put('picture', 'gone', new Blob(['gone']))
  expect(held).toEqual([])
  lost.add('picture/gone')
  await files.use(['memory'], listener)
  expect(await (await files.shelf.get('picture', 'first'))?.text()).toBe('first')
  expect(await (await files.shelf.get('thumbnail', 'first'))?.text()).toBe('small')
  expect(await files.hashes()).toEqual(['first'])
  expect(held).toEqual(['picture/first', 'thumbnail/first'])
})

it('an image worker that dies while files are opened is followed by another, which opens them', async () => {
  const { fakes, openFiles } = await begun()
  const before = fakes.imageLives.length
  fakes.openStore = (life) => {
    if (life > before + 1) return Promise.resolve({ store: { ...memoryStore(), kind: 'opfs' }, why: null })
    fakes.imageLives.at(-1)?.died(workerDied())
    return Promise.reject(workerDied())
  }
  fakes.imageLives.at(-1)?.died(workerDied())
  expect(await openFiles(['opfs'], () => undefined)).toMatchObject({ kind: 'opfs', why: null })
})

it('it is told when the image worker that took the place of another has no disk', async () => {
  const { fakes, openFiles, imageWorker, die } = await begun()
  const told: string[] = []
  fakes.openStore = () => Promise.resolve({ store: { ...memoryStore(), kind: 'opfs' }, why: null })
  await openFiles(['opfs'], (why) => told.push(why))
  expect(told).toEqual([])
  fakes.openStore = () => Promise.resolve({ store: memoryStore(), why: 'blocked' })
  die()
  await imageWorker().fetch('picture', 'any')
  expect(told).toEqual(['lost'])
})

it('a picture that comes while the old ones are deleted stays, whichever image worker dies over it', async () => {
  const { fakes, openFiles, tidyPictures, add, there } = await begun()
  const disk = memoryStore()
  fakes.openStore = () => Promise.resolve({ store: { ...disk, kind: 'opfs' }, why: null })
  const before = fakes.images.length
  fakes.imageFate = (life, _, name) => (life === before && name === 'tidyPictures' ? 'dies' : 'answers')
  await openFiles(['opfs'], () => undefined)
  for (const name of ['kept', 'old']) await add(name)
  tidyPictures(['kept'])
  await add('new')
  await vi.waitFor(() => expect(fakes.images).toHaveLength(before + 1))
  await add('newer')
  for (const name of ['kept', 'new', 'newer']) expect(await there('picture', name)).toBe(name)
})
