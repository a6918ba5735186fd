import type { Change } from '../images/augment'
import type { PictureSource, Seen } from '../images/service'
import type { Preprocessing } from '../types'
import { imageWorker } from './workers'

/** A picture as the network will see it, and its changed copies (null: itself). Throws `bad-image`. */
export function previewOf(
  image: PictureSource,
  preprocessing: Preprocessing,
  changes: readonly (Change | null)[] = [null],
): Promise<Seen[]> {
  return imageWorker().preview(image, preprocessing, changes)
}
