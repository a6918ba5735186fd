import type { Part } from '../../types'
import type { ImageSource } from './features'

/** A picture with the label and the part it belongs to. */
export interface LabelledImage extends ImageSource {
  readonly label: string
  readonly part: Part
  /** The recording it is of; null for a photo on its own. */
  readonly group: string | null
  /** Its perceptual hash (src/images/alike/perceptual-hash.ts); null where that is not known. */
  readonly perceptualHash: string | null
}
