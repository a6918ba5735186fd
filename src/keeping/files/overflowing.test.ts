import { expect, it } from 'vitest'
import type { BlobStore } from './blobs'
import { diskFull } from '../disk-full'
import { memoryStore } from './memory'
import { overflowing } from './overflowing'

/** A disk with room for some more files. */
function smallDisk(room: number): BlobStore & { room: number } {
  const store = memoryStore()
  const disk: BlobStore & { room: number } = {
    ...store,
    kind: 'opfs',
    room,
    put: (key, blob) => (disk.room-- > 0 ? store.put(key, blob) : Promise.reject(diskFull())),
  }
  return disk
}

it('goes on in memory once the disk is full, and says so once', async () => {
  const disk = smallDisk(2)
  let told = 0
  const store = overflowing(disk, () => told++)
  const names = ['picture/a', 'picture/b', 'picture/c', 'picture/d']
  await Promise.all(names.map((name) => store.put(name, new Blob([name]))))
  expect(told).toBe(1)
  for (const name of names) expect(await (await store.get(name))?.text()).toBe(name)
  expect((await store.keys('picture/')).sort()).toEqual(names)
  expect((await disk.keys('')).sort()).toEqual(['picture/a', 'picture/b'])
  await store.delete(['picture/a', 'picture/c'])
  expect((await store.keys('')).sort()).toEqual(['picture/b', 'picture/d'])
})

it('goes on in memory whatever the disk refuses a file for, and says why', async () => {
  const refused = new DOMException('no', 'SecurityError')
  const broken: BlobStore = { ...memoryStore(), put: () => Promise.reject(refused) }
  const told: string[] = []
  const store = overflowing(broken, (why) => told.push(why))
  await store.put('picture/a', new Blob(['a']))
  expect(told).toEqual(['refused'])
  expect(await (await store.get('picture/a'))?.text()).toBe('a')
})

it('puts on disk what is only in memory once there is room', async () => {
  const disk = smallDisk(1)
  let told = 0
  const store = overflowing(disk, () => told++)
  for (const name of ['a', 'b', 'c']) await store.put(`picture/${name}`, new Blob([name]))
  await expect(store.flush()).rejects.toMatchObject({ code: 'disk-full' })
  expect((await store.keys('')).sort()).toEqual(['picture/a', 'picture/b', 'picture/c'])
  disk.room = 2
  await store.flush()
  expect((await disk.keys('')).sort()).toEqual(['picture/a', 'picture/b', 'picture/c'])
  await store.put('picture/d', new Blob(['d']))
  expect(told).toBe(2)
})
