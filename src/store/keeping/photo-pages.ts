import type { Photo } from '../state/types'

/** A photo as it is stored, with a number that gives its place among all. */
export type PlacedPhoto = readonly [order: number, photo: Photo]

/** Bits of a photo's number within its page: 32 photos are written in no time, and thousands are still few pages. */
const pageBits = 5

/**
 * The photos as they are stored: in pages, so that a change writes only the pages it touches. A photo keeps its number,
 * and with it its page, for as long as the order of the photos allows.
 */
export class PhotoPages {
  #photos: readonly Photo[] = []
  #written = new Map<string, { readonly photo: Photo; readonly order: number }>()
  /** Numbers by photo, also of deleted ones: undo puts them back where they were. */
  readonly #orders = new Map<string, number>()

  /** Starts from the pages that were read from disk; gives the photos in their order. */
  adopt(pages: readonly (readonly PlacedPhoto[])[]): readonly Photo[] {
    const placed = pages.flat().sort(([one], [other]) => one - other)
    this.#photos = placed.map(([, photo]) => photo)
    this.#written = new Map(placed.map(([order, photo]) => [photo.id, { photo, order }]))
    for (const [order, photo] of placed) this.#orders.set(photo.id, order)
    return this.#photos
  }

  /** The pages that differ from what was last written, with their new content; an empty one can be deleted. */
  changes(photos: readonly Photo[]): ReadonlyMap<number, readonly PlacedPhoto[]> {
    if (photos === this.#photos) return new Map()
    this.#photos = photos
    const before = this.#written
    const touched = new Map<number, PlacedPhoto[]>()
    const touch = (order: number): void => void touched.set(order >> pageBits, [])
    this.#written = this.#place(photos)
    for (const [id, { photo, order }] of this.#written) {
      const old = before.get(id)
      if (old?.photo === photo && old.order === order) continue
      touch(order)
      if (old) touch(old.order)
    }
    for (const [id, { order }] of before) if (!this.#written.has(id)) touch(order)
    for (const { photo, order } of this.#written.values()) touched.get(order >> pageBits)?.push([order, photo])
    return touched
  }

  /** Numbers that rise in the order of the photos; a photo keeps the one it has where that rises too. */
  #place(photos: readonly Photo[]): Map<string, { photo: Photo; order: number }> {
    const placed = new Map<string, { photo: Photo; order: number }>()
    let last = -1
    for (const photo of photos) {
      const known = this.#orders.get(photo.id) ?? -1
      last = known > last ? known : last + 1
      this.#orders.set(photo.id, last)
      placed.set(photo.id, { photo, order: last })
    }
    return placed
  }
}
