import { CutpointError } from '../../errors'
import type { TensorValue } from '../../types'
import type { AnalysedModel } from '../model/types'

/**
 * Throws CutpointError `bad-feed` for a value of an input that tells training from use and was taken to be the other:
 * the branches for training are left out, so that it would be passed over without a word.
 */
export function requireAsTaken({ flags }: Pick<AnalysedModel, 'flags'>, tensor: string, { data }: TensorValue): void {
  const taken = flags.get(tensor)
  if (taken === undefined || Boolean(Number(data[0])) === taken) return
  throw new CutpointError(
    'bad-feed',
    `“${tensor}” tells training from use, and is ${taken} here: branches for training are left out.`,
    `Leave it out, or give it ${taken}.`,
    { tensor, taken },
  )
}
