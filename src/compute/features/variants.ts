import { changesOf } from '../../images/augment'
import type { AugmentOptions, Part } from '../../types'
import type { FeatureSource } from './features'

/**
 * The photos in their order, and after all of them the changed copies of those that are trained on. A copy has the id of
 * its photo: it is never evaluated, and where the photo is left out, so are its copies.
 */
export function withVariants<Image extends FeatureSource & { readonly part: Part }>(
  images: readonly Image[],
  augment: AugmentOptions,
  seed: number,
): (Image & FeatureSource)[] {
  const copies = images
    .filter(({ part }) => part === 'train')
    .flatMap((image) => changesOf(image.hash, augment, seed).map((change) => ({ ...image, change })))
  return [...images, ...copies]
}
