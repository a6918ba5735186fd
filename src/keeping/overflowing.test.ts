import { expect, it } from 'vitest'
import type { BlobStore } from './blobs'
import { diskFull } from './disk-full'
import { memoryStore } from './memory'
import { overflowing } from './overflowing'

/** A disk with room for some files. */
function smallDisk(room: number): BlobStore {
  const store = memoryStore()
  let left = room
  return {
    ...store,
    kind: 'opfs',
    put: (key, blob) => (left-- > 0 ? store.put(key, blob) : Promise.reject(diskFull())),
  }
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

it('passes on what is wrong otherwise', async () => {
  const broken: BlobStore = { ...memoryStore(), put: () => Promise.reject(new Error('broken')) }
  const store = overflowing(broken, () => expect.unreachable())
  await expect(store.put('picture/a', new Blob(['a']))).rejects.toThrow('broken')
})
