import { expect, it } from 'vitest'
import type { BlobStore } from './blobs'
import { contentStore } from './content-store'
import { diskFull } from '../disk-full'
import { memoryStore } from './memory'

/** A store that waits before each step until it is told to go on, and lists what was really put. */
function steppedStore(): { store: BlobStore; puts: string[]; step: () => Promise<void> } {
  const memory = memoryStore()
  const waiting: (() => void)[] = []
  const turn = (): Promise<void> => new Promise((resolve) => waiting.push(resolve))
  const puts: string[] = []
  return {
    puts,
    store: {
      ...memory,
      async get(key) {
        await turn()
        return memory.get(key)
      },
      async put(key, blob) {
        await turn()
        puts.push(key)
        await memory.put(key, blob)
      },
    },
    async step() {
      for (const go of waiting.splice(0)) go()
      // All that follows from it without another turn.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

it('writes once what two put at the same time, and never again what is there', async () => {
  const { store, puts, step } = steppedStore()
  const shelf = contentStore(store)
  const blob = new Blob(['cat'])
  const both = Promise.all([shelf.put('picture/a', blob), shelf.put('picture/a', new Blob(['cat']))])
  await step()
  await step()
  await both
  expect(puts).toEqual(['picture/a'])
  const again = shelf.put('picture/a', blob)
  await step()
  await again
  expect(puts).toEqual(['picture/a'])
})

it('replaces what is not whole', async () => {
  const disk = memoryStore()
  await disk.put('picture/a', new Blob(['ca']))
  await contentStore(disk).put('picture/a', new Blob(['cat']))
  expect(await (await disk.get('picture/a'))?.text()).toBe('cat')
})

it('tries again after a writing that failed', async () => {
  const disk = memoryStore()
  let room = false
  const shelf = contentStore({
    ...disk,
    put: (key, blob) => (room ? disk.put(key, blob) : Promise.reject(diskFull())),
  })
  await expect(shelf.put('picture/a', new Blob(['cat']))).rejects.toMatchObject({ code: 'disk-full' })
  room = true
  await shelf.put('picture/a', new Blob(['cat']))
  expect(await disk.keys('')).toEqual(['picture/a'])
})
