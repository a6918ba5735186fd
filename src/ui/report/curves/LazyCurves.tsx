import { boundaryTexts } from '../../../texts/page/boundary'
import { lazyPart } from '../../boundary/lazy-part'

/** The curves; what draws them is only fetched where there are some. */
export const LazyCurves = lazyPart(boundaryTexts.parts.curves, 'place', () =>
  import('./Curves').then(({ Curves }) => Curves),
)
