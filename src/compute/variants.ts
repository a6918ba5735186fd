import { changesOf } from '../images/augment'
import type { AugmentOptions, Part } from '../types'
import type { FeatureRows, FeatureSource, ImageSource } from './features'
import type { Copies } from './train'

/** What features are wanted of, to train on photos and on their changed copies. */
export interface Variants {
  /** The photos in their order, and after all of them the copies. */
  readonly sources: readonly FeatureSource[]
  /** The photo of each copy, by its place among the photos. */
  readonly photos: Int32Array
}

/** The photos, and the changed copies of those that are trained on. */
export function withVariants(
  images: readonly (ImageSource & { readonly part: Part })[],
  augment: AugmentOptions,
  seed: number,
): Variants {
  const copies = images.flatMap((image, photo) =>
    image.part === 'train' ? changesOf(image.hash, augment, seed).map((change) => ({ ...image, change, photo })) : [],
  )
  return { sources: [...images, ...copies], photos: Int32Array.from(copies, ({ photo }) => photo) }
}

/** Features of `variants`, those of the photos and those of the copies apart. */
export function apart(
  features: FeatureRows,
  { sources, photos }: Variants,
): { photos: FeatureRows; copies: Copies | null } {
  const end = (sources.length - photos.length) * features.length
  return {
    photos: { ...features, data: features.data.subarray(0, end) },
    copies: photos.length > 0 ? { data: features.data.subarray(end), photos } : null,
  }
}
