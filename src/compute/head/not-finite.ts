import { CutpointError } from '../../errors'

/** Features of which no head can be trained. */
export function notFinite(details: Record<string, unknown>): CutpointError {
  return new CutpointError(
    'not-finite',
    'Some features are not finite numbers, or too large to compute with.',
    'Choose another cut, or check the preprocessing: the network may not expect this input range.',
    details,
  )
}
