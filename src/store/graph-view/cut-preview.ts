import { layoutOfPicture } from '../../graph/image/layout'
import type { CopyChange } from '../../images/augment'
import type { PictureSource, PreparedPicture } from '../../images/service'
import type { Preprocessing } from '../../types'
import { getState } from '../state/state'
import type { ModelState } from '../state/types'
import { imageWorker } from '../workers/workers'

/** How many channels the pictures of the open model have: 1 for grey, 4 with alpha. */
export const pictureChannels = (model: Pick<ModelState, 'image'> | null): 1 | 3 | 4 =>
  layoutOfPicture(model?.image?.shape ?? null).channels

/** A picture as the network will see it, and its changed copies (null: itself). Throws `bad-image`. */
export function previewOf(
  image: PictureSource,
  preprocessing: Preprocessing,
  changes: readonly (CopyChange | null)[] = [null],
): Promise<PreparedPicture[]> {
  return imageWorker().preview(image, preprocessing, changes, pictureChannels(getState().model))
}
