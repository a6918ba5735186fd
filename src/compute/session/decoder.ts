import { CutpointError } from '../../errors'
import type { Decode } from '../features/features'

/** How pictures are decoded: by the image worker, once it is connected. */
export class Decoder {
  #decode: Decode | null = null

  use(decode: Decode): void {
    this.#decode = decode
  }

  /** Throws CutpointError `internal` where no image worker is connected. */
  require(): Decode {
    if (this.#decode) return this.#decode
    throw new CutpointError('internal', 'The image worker is not there.', 'Reload the page.')
  }
}
