import { table } from '../../graph/table'
import { suppression } from '../corrections/non-max-suppression'
import { wrongOn } from './refusals'
import type { OpRun } from './types'

/** How many boxes are kept is known only while running; tfjs reads the values, and so do we. */
const suppressing = (version: 2 | 3 | 4 | 5): OpRun => ({ kernels: [], own: suppression(version), dynamic: true })

/** Operations on images. */
export const image = table<OpRun>({
  CropAndResize: { refused: wrongOn(['webgl']) },
  ImageProjectiveTransformV3: { kernels: ['Transform'] },
  NonMaxSuppressionV2: suppressing(2),
  NonMaxSuppressionV3: suppressing(3),
  NonMaxSuppressionV4: suppressing(4),
  NonMaxSuppressionV5: suppressing(5),
})
