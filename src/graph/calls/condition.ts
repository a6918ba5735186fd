import type { Frame } from './frame'
import { flagInUse } from '../image/other-inputs'
import { tensorName } from '../lookup/names'
import { isInput } from '../op-tables/ops'
import type { GraphNode, WeightInfo } from '../types'

/** A tensor in the frame where it is made; `node` is null for an argument of the function that is being inlined. */
export interface FramedTensor {
  readonly frame: Frame
  readonly node: GraphNode | null
  readonly tensor: string
}

/** What a condition can be looked up in. */
export interface ConditionFacts {
  readonly find: (frame: Frame, tensor: string) => FramedTensor
  readonly weights: ReadonlyMap<string, WeightInfo>
  /** Takes down the inputs that were taken to be true or false. */
  readonly flags?: Map<string, boolean>
}

const deepest = 32
const handOnOps = new Set(['Identity', 'StopGradient', 'Cast', 'Enter'])

/**
 * Whether a condition always holds or never does, as `training` of a saved network; null where only a run decides.
 * An input whose name says that it tells training from use (`is_training`, `keras_learning_phase`) is what it is in use;
 * another with a constant default counts as that: nobody is asked for it.
 */
export function constantTruth(frame: Frame, tensor: string, known: ConditionFacts, depth = 0): boolean | null {
  const place = known.find(frame, tensor)
  const { node } = place
  if (node === null || depth > deepest) return null
  const of = (input: number): boolean | null =>
    input < node.inputs.length ? constantTruth(place.frame, node.inputs[input], known, depth + 1) : null
  if (handOnOps.has(node.op)) return of(0)
  if (isInput(node.op)) {
    const truth = flagInUse(node.name) ?? of(0)
    if (truth !== null) known.flags?.set(tensorName(node.name), truth)
    return truth
  }
  switch (node.op) {
    case 'Const': {
      const small = node.weight === undefined ? undefined : known.weights.get(node.weight)?.small
      return small?.length === 1 ? small[0] !== 0 : null
    }
    case 'LogicalNot': {
      const truth = of(0)
      return truth === null ? null : !truth
    }
    case 'LogicalAnd':
    case 'LogicalOr':
      return joined(of(0), of(1), node.op === 'LogicalOr')
    default:
      return null
  }
}

/** One that is `decisive` decides alone. */
function joined(a: boolean | null, b: boolean | null, decisive: boolean): boolean | null {
  if (a === decisive || b === decisive) return decisive
  return a === null || b === null ? null : !decisive
}
