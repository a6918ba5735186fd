import { describe, expect, it } from 'vitest'
import { PhotoPages, type PlacedPhoto } from './photo-pages'
import type { Photo } from '../state/types'

const photo = (id: number): Photo => ({ id: `photo-${id}`, label: 'cat' }) as Photo
const photos = (count: number): Photo[] => Array.from({ length: count }, (_, id) => photo(id))

/** What lies on disk after some changes were written, and what one reads there. */
function disk() {
  const pages = new PhotoPages()
  const written = new Map<number, readonly PlacedPhoto[]>()
  return {
    /** Writes a state; gives how many pages that took. */
    write: (state: readonly Photo[]): number => {
      const changes = pages.changes(state)
      for (const [page, placed] of changes) written.set(page, placed)
      return changes.size
    },
    read: (): readonly Photo[] => new PhotoPages().adopt([...written.values()].reverse()),
    written,
  }
}

describe('photos in pages', () => {
  it('are read in their order, and written a page at a time as they come', () => {
    const { write, read } = disk()
    const all = photos(100)
    expect(write(all.slice(0, 40))).toBe(2)
    expect(write(all.slice(0, 41))).toBe(1)
    expect(write(all)).toBe(3)
    expect(write(all)).toBe(0)
    expect(read()).toEqual(all)
  })

  it('write one page where one photo changes', () => {
    const { write, read } = disk()
    const all = photos(1_000)
    write(all)
    const moved = all.map((one, index) => (index === 500 ? { ...one, label: 'dog' } : one))
    expect(write(moved)).toBe(1)
    expect(read()).toEqual(moved)
  })

  it('that are deleted and brought back are where they were', () => {
    const { write, read } = disk()
    const all = photos(1_000)
    write(all)
    const fewer = all.filter((_, index) => index < 320 || index >= 330)
    expect(write(fewer)).toBe(1)
    expect(read()).toEqual(fewer)
    expect(write(all)).toBe(1)
    expect(read()).toEqual(all)
  })

  it('keep any order', () => {
    const { write, read } = disk()
    const all = photos(200)
    write(all)
    const turned = all.toReversed()
    write(turned)
    expect(read()).toEqual(turned)
    const inserted = [...turned.slice(0, 50), photo(777), ...turned.slice(50)]
    write(inserted)
    expect(read()).toEqual(inserted)
    write([])
    expect(read()).toEqual([])
  })

  it('that were read are not written again', () => {
    const first = disk()
    const all = photos(100)
    first.write(all)
    const again = new PhotoPages()
    const read = again.adopt([...first.written.values()])
    expect(again.changes(read).size).toBe(0)
    expect(again.changes([...read, photo(100)]).size).toBe(1)
  })
})
