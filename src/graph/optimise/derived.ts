import type { WeightInfo, WeightStore, WeightValues } from '../types'
import { bytesOf } from '../lookup/weights'

/** A constant made from others; its values are worked out again each time they are asked for, so that none are held. */
export interface DerivedWeight {
  readonly info: WeightInfo
  readonly values: (weights: WeightStore) => Promise<WeightValues> | WeightValues
}

/** A store in which derived constants stand beside those of `base`, which they are made from. */
export function deriveWeights(base: WeightStore, derived: ReadonlyMap<string, DerivedWeight>): WeightStore {
  if (derived.size === 0) return base
  return {
    async raw(id) {
      const own = derived.get(id)
      return own ? bytesOf(await own.values(base)) : base.raw(id)
    },
    async values(id) {
      const own = derived.get(id)
      return own ? own.values(base) : base.values(id)
    },
  }
}

/** A weight's values in the same order under another shape. */
export function reshapedFloats(shape: readonly number[], { id, of }: WeightInfo): DerivedWeight {
  const derived = derivedFloats(shape, (weights) => weights.values(id))
  return { ...derived, info: { ...derived.info, of: of ?? id } }
}

/** A derived float32 constant; its id is given when it is added to a graph. */
export function derivedFloats(shape: readonly number[], values: DerivedWeight['values']): DerivedWeight {
  const bytes = 4 * shape.reduce((product, size) => product * size, 1)
  return { info: { id: '', dtype: 'float32', shape, bytes }, values }
}
