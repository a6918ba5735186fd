import type { Preprocessing, TrainOptions } from '../../types'
import type { State } from '../state/state'
import type { Photo } from '../state/types'

/** What a head was trained on, as the worker got it. */
export interface TrainingRecord {
  readonly photos: readonly Pick<Photo, 'id' | 'label' | 'part' | 'group'>[]
  readonly preprocessing: Preprocessing | null
  readonly options: TrainOptions
  readonly cut: readonly string[]
}

/** All of it that makes a difference to a head, written out. */
export function written({ photos, preprocessing, options, cut }: TrainingRecord): string {
  const { head, classWeights, augment, seed } = options
  const copies = augment.variants > 0 ? augment : null
  const random = head.kind !== 'linear' || copies ? seed : null
  const trained = photos.map(({ id, label, part, group }) => [id, label, part, group])
  const prepared = preprocessing && Object.entries({ ...preprocessing, how: null }).sort()
  return JSON.stringify([trained, prepared, Object.entries(head).sort(), classWeights, copies, random, cut])
}

/** What a head would be trained on now. */
export const recordOf = ({ photos, preprocessing, options, cut }: State): TrainingRecord => ({
  ...{ photos, preprocessing, options },
  cut: cut?.summary.tensors ?? [],
})
