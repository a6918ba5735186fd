import type { KernelPictures, WeightStatistics } from '../../types'
import { weightFile, weightPictures, weightStatistics, weightValues } from '../model/weights'
import type { SessionParts } from './parts'

/** What can be asked of the open model's weights. All of it throws `no-model` or `bad-weight`. */
export function weightCalls({ turns, held }: Pick<SessionParts, 'turns' | 'held'>) {
  return {
    /** What a weight's values are like. */
    weightStatistics: (id: string): Promise<WeightStatistics> =>
      turns.inTurn(() => weightStatistics(held.model().analysed.read, id)),

    /** Some of a weight's values, in C order. */
    weightValues: (id: string, from: number, count: number): Promise<number[] | string[]> =>
      turns.inTurn(() => weightValues(held.model().analysed.read, id, from, count)),

    /** The kernels of a convolution on pictures; null for any other weight. */
    weightPictures: (id: string): Promise<KernelPictures | null> =>
      turns.inTurn(() => weightPictures(held.model().analysed.read, id)),

    /** A weight as a `.npy` file. */
    weightFile: (id: string): Promise<Blob> => turns.inTurn(() => weightFile(held.model().analysed.read, id)),
  }
}
