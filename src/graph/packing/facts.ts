import type { BlockedOp } from '../blocked'
import type { NodeCost } from '../cost'
import type { CutVerdict } from '../cuts/analyse'
import type { ModelFacts } from '../facts'
import type { TensorInfo } from '../types'
import { packStrings, tableOf, unpackStrings, type PackedStrings, type DistinctTable } from './strings'

/** `ModelFacts` for the way to another thread; packing and unpacking cost a fraction of a copy of the maps. */
export interface PackedFacts {
  readonly tensors: PackedStrings
  readonly infos: DistinctTable<TensorInfo>
  readonly nodes: PackedStrings
  readonly costs: PackedCosts
  /** null: the same tensors in the same order as of the infos. */
  readonly decided: PackedStrings | null
  readonly verdicts: DistinctTable<CutVerdict>
  readonly suggested: string | null
  readonly blocked?: ReadonlyMap<string, BlockedOp>
}

/** Costs in columns, one entry for each distinct cost. */
interface PackedCosts {
  readonly which: Uint32Array
  readonly weights: PackedStrings
  /** Where the weights of each cost end. */
  readonly weightsEnd: Uint32Array
  readonly parameters: Float64Array
  readonly multiplyAdds: Float64Array
  readonly outputBytes: Float64Array
}

/** Puts facts into columns. */
export function packFacts({ infos, costs, verdicts, suggested, blocked }: ModelFacts): PackedFacts {
  const tensors = [...infos.keys()]
  const decided = [...verdicts.keys()]
  const isSame = decided.length === tensors.length && decided.every((tensor, position) => tensor === tensors[position])
  return {
    tensors: packStrings(tensors),
    infos: tableOf(infos.values(), infos.size),
    nodes: packStrings([...costs.keys()]),
    costs: packCosts(tableOf(costs.values(), costs.size)),
    decided: isSame ? null : packStrings(decided),
    verdicts: tableOf(verdicts.values(), verdicts.size),
    suggested: suggested ?? null,
    ...(blocked && { blocked }),
  }
}

/** The reverse of `packFacts`; what was one object in several places is one again. */
export function unpackFacts(packed: PackedFacts): ModelFacts {
  const tensors = unpackStrings(packed.tensors)
  const decided = packed.decided ? unpackStrings(packed.decided) : tensors
  return {
    infos: mapOf(tensors, packed.infos),
    costs: mapOf(unpackStrings(packed.nodes), unpackCosts(packed.costs)),
    verdicts: mapOf(decided, packed.verdicts),
    suggested: packed.suggested,
    ...(packed.blocked && { blocked: packed.blocked }),
  }
}

function mapOf<T>(keys: readonly string[], { values, which }: DistinctTable<T>): Map<string, T> {
  const map = new Map<string, T>()
  keys.forEach((key, position) => map.set(key, values[which[position]]))
  return map
}

function packCosts({ values, which }: DistinctTable<NodeCost>): PackedCosts {
  let end = 0
  return {
    which,
    weights: packStrings(values.flatMap((cost) => cost.weights)),
    weightsEnd: Uint32Array.from(values, (cost) => (end += cost.weights.length)),
    parameters: Float64Array.from(values, (cost) => cost.parameters),
    multiplyAdds: Float64Array.from(values, (cost) => cost.multiplyAdds),
    outputBytes: Float64Array.from(values, (cost) => cost.outputBytes),
  }
}

function unpackCosts(packed: PackedCosts): DistinctTable<NodeCost> {
  const weights = unpackStrings(packed.weights)
  let start = 0
  const values = Array.from(packed.weightsEnd, (end, position): NodeCost => {
    const own = weights.slice(start, end)
    start = end
    return {
      weights: own,
      parameters: packed.parameters[position],
      multiplyAdds: packed.multiplyAdds[position],
      outputBytes: packed.outputBytes[position],
    }
  })
  return { values, which: packed.which }
}
