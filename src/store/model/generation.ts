import { CutpointError } from '../../errors'
import { getState } from '../state/state'

let last = 0

/** A number for a model that is asked for: larger than those of all that were asked for before. */
export const nextGeneration = (): number => ++last

/** The number of the open model, by which all threads know it; 0 where none is open. */
export const openGeneration = (): number => getState().model?.id ?? 0

/**
 * Does `work` about the open model, whose number it gets, and has `take` put in the state what comes of it. Throws CutpointError `cancelled`
 * where another model is open by then: what comes of the work says nothing of that one.
 */
export async function aboutOpenModel<T, Taken>(
  work: (id: number) => Promise<T>,
  take: (outcome: T) => Taken,
): Promise<Taken> {
  const generation = openGeneration()
  const outcome = await work(generation)
  if (openGeneration() !== generation) {
    throw new CutpointError('cancelled', 'Another model was opened meanwhile.', 'Do it again with this one.')
  }
  return take(outcome)
}
