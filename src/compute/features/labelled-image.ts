import type { Part } from '../../types'
import type { ImageSource } from './features'

/** A picture with the label and the part it belongs to. */
export interface LabelledImage extends ImageSource {
  readonly label: string
  readonly part: Part
  /** The recording it is of; null for a photo on its own. */
  readonly group: string | null
  /** What it looks like, in 64 bits as hexadecimal digits; null where that is not known. */
  readonly look: string | null
}
