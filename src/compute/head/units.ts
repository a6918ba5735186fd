import type { LabelledImage } from '../features/labelled-image'

/** The unit of each image, as the place of the first image of it: exact duplicates and images of one recording share one. */
export function unitsOf(images: readonly Pick<LabelledImage, 'hash' | 'group'>[]): Int32Array {
  const first = new Map<string, number>()
  const parent = Int32Array.from(images.keys())
  const root = (place: number): number => {
    let at = place
    while (parent[at] !== at) at = parent[at]
    return at
  }
  for (const [place, { hash, group }] of images.entries()) {
    for (const key of [`hash ${hash}`, ...(group === null ? [] : [`group ${group}`])]) {
      const other = first.get(key)
      if (other === undefined) first.set(key, place)
      else parent[Math.max(root(place), root(other))] = Math.min(root(place), root(other))
    }
  }
  return parent.map((_, place) => root(place))
}
