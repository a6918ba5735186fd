import type { PictureSource } from '../images/service'
import type { Preprocessing } from '../types'
import { imageWorker } from './workers'

/** A picture as the network will see it, as a PNG of the input's size. Throws `bad-image`. */
export function previewOf(image: PictureSource, preprocessing: Preprocessing): Promise<Blob> {
  return imageWorker().preview(image, preprocessing)
}
