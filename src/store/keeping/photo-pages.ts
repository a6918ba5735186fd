import type { Photo } from '../state/types'

/** A photo with its place among all, as it is kept. */
export type PlacedPhoto = readonly [order: number, photo: Photo]

/** Photos of a page: few enough for one of them to be written in no time, many enough for thousands to be few pages. */
const pageBits = 5

/**
 * The photos as they are kept: pages of some, so that a change writes the pages it touches and no more. A photo keeps its
 * number, and so its page, while its place among the others allows.
 */
export class PhotoPages {
  #photos: readonly Photo[] = []
  #written = new Map<string, { readonly photo: Photo; readonly order: number }>()
  /** Numbers of photos that were deleted too: undoing that puts them back where they were. */
  readonly #orders = new Map<string, number>()

  /** Takes what was read from disk as what is there; gives the photos in their order. */
  adopt(pages: readonly (readonly PlacedPhoto[])[]): readonly Photo[] {
    const placed = pages.flat().sort(([one], [other]) => one - other)
    this.#photos = placed.map(([, photo]) => photo)
    this.#written = new Map(placed.map(([order, photo]) => [photo.id, { photo, order }]))
    for (const [order, photo] of placed) this.#orders.set(photo.id, order)
    return this.#photos
  }

  /** The pages that are no longer as they were written, with what is to be written; an empty one may go. */
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

  /** Numbers that rise with the photos' places; those that were given already are kept where they do. */
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
