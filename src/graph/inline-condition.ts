import type { Frame } from './inline-frame'
import type { GraphNode, WeightInfo } from './types'

/** A tensor in the frame where it is made; `node` is null for an argument of the function that is being inlined. */
export interface Place {
  readonly frame: Frame
  readonly node: GraphNode | null
  readonly tensor: string
}

/** What a condition can be looked up in. */
export interface Known {
  readonly find: (frame: Frame, tensor: string) => Place
  readonly weights: ReadonlyMap<string, WeightInfo>
}

const deepest = 32
const handOnOps = new Set(['Identity', 'PlaceholderWithDefault', 'StopGradient', 'Cast'])

/**
 * Whether a condition always holds or never does, as `training` of a saved network; null where only a run decides.
 * A placeholder with a constant default counts as that: nobody is asked for it.
 */
export function constantTruth(frame: Frame, tensor: string, known: Known, depth = 0): boolean | null {
  const place = known.find(frame, tensor)
  const { node } = place
  if (node === null || depth > deepest) return null
  const of = (input: number): boolean | null =>
    input < node.inputs.length ? constantTruth(place.frame, node.inputs[input], known, depth + 1) : null
  if (handOnOps.has(node.op)) return of(0)
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
