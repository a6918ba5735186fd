import type { Quantisation, WeightInfo } from '../types'
import { packStrings, tableOf, unpackStrings, type PackedStrings, type DistinctTable } from './strings'

/** What is known of weights, in columns. */
export interface PackedWeights {
  readonly ids: PackedStrings
  readonly kinds: DistinctTable<SharedWeightInfo>
  readonly bytes: Float64Array
  /** Values of small weights, by place. */
  readonly small: ReadonlyMap<number, readonly number[]>
}

/** What many weights have in common. */
type SharedWeightInfo = Pick<WeightInfo, 'dtype' | 'shape' | 'stored'>

/** Puts what is known of weights into columns, in the order of the map. */
export function packWeights(weights: ReadonlyMap<string, WeightInfo>): PackedWeights {
  const infos = [...weights.values()]
  const small = new Map<number, readonly number[]>()
  infos.forEach((info, place) => {
    if (info.small) small.set(place, info.small)
  })
  return {
    ids: packStrings([...weights.keys()]),
    kinds: tableOf(infos.map(sharedKinds()), infos.length),
    bytes: Float64Array.from(infos, (info) => info.bytes),
    small,
  }
}

/** The weights by id, in the order in which they were packed. */
export function unpackWeights({ ids, kinds, bytes, small }: PackedWeights): Map<string, WeightInfo> {
  const weights = new Map<string, WeightInfo>()
  unpackStrings(ids).forEach((id, place) => {
    const { dtype, shape, stored } = kinds.values[kinds.which[place]]
    const values = small.get(place)
    weights.set(id, {
      id,
      dtype,
      shape,
      bytes: bytes[place],
      ...(stored && { stored }),
      ...(values && { small: values }),
    })
  })
  return weights
}

/** Gives the same object for weights that have all this in common. */
function sharedKinds(): (info: WeightInfo) => SharedWeightInfo {
  const known = new Map<string, SharedWeightInfo>()
  return ({ dtype, shape, stored }) => {
    const text = `${dtype} ${shape.join()} ${stored ? quantisationText(stored) : ''}`
    const kind = known.get(text) ?? { dtype, shape, ...(stored && { stored }) }
    known.set(text, kind)
    return kind
  }
}

const quantisationText = ({ dtype, scale, min }: Quantisation): string => `${dtype} ${String(scale)} ${String(min)}`
