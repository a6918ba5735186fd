import { CutpointError } from '../../errors'
import type { WeightInfo, WeightStore, WeightValues } from '../../graph/types'
import { decodeWeight } from './decode'

/** A constant's facts with its bytes as stored, a view into the file they came in. */
export interface StoredWeight {
  readonly info: WeightInfo
  readonly bytes: Uint8Array
}

/** A WeightStore over files that are in memory; nothing is dequantised before it is asked for. */
export function createStore(weights: ReadonlyMap<string, StoredWeight>): WeightStore {
  const find = (id: string): StoredWeight => {
    const weight = weights.get(id)
    if (weight) return weight
    throw new CutpointError('bad-weight', `There is no weight “${id}” in this model.`, 'Choose one that is there.', {
      id,
    })
  }
  return {
    raw: (id) => settle(() => find(id).bytes),
    values: (id) =>
      settle<WeightValues>(() => {
        const { info, bytes } = find(id)
        return decodeWeight(bytes, info.dtype, info.stored)
      }),
  }
}

/** A promise of what `work` returns or throws. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()))
}
