import { smallValues } from './constants'
import type { LayerFacts } from './layer-facts'
import { biasAfter, type FollowingStep } from './steps'
import { onlyTaker, type Op, type Value } from './wiring'
import { table } from '../table'

/** Two operations around a layer that only bring the data into the form it takes, and back. */
export interface Wrapper {
  readonly input: Value
  readonly opening: Op
  readonly closing: Op
  /** The bias, where it stands inside. */
  readonly bias: FollowingStep | null
  /** The layer as it is with its wrapper. */
  readonly facts: LayerFacts
}

const pairs = table<string>({
  /** An atrous convolution, as it was written before there were dilations. */
  SpaceToBatchND: 'BatchToSpaceND',
  /** One dimension: a picture of height 1. */
  ExpandDims: 'Squeeze',
  /** A dense layer on the last of several dimensions. */
  Reshape: 'Reshape',
})

/** The pair of operations around a layer's op, possibly with its bias inside; null where there is none. */
export function wrapperAround(op: Op, facts: LayerFacts): Wrapper | null {
  const input = op.inputs[facts.data]
  const opening = input.maker
  const counterpart = opening && pairs.get(opening.node.op)
  if (!opening || counterpart === undefined || opening.inputs.length === 0 || onlyTaker(input) !== op) return null
  if ((opening.node.op === 'Reshape') !== (facts.type === 'dense')) return null
  const bias = facts.fused.length === 0 ? biasAfter(op.output) : null
  const direct = onlyTaker(op.output)
  const later = bias && onlyTaker(bias.output)
  const closing = [direct, later].find((one) => one?.node.op === counterpart)
  if (!closing) return null
  return {
    input: opening.inputs[0],
    opening,
    closing,
    bias: closing === direct ? null : bias,
    facts: wrappedFacts(opening, facts),
  }
}

function wrappedFacts(opening: Op, facts: LayerFacts): LayerFacts {
  if (opening.node.op === 'SpaceToBatchND') {
    const block = smallValues(opening.inputs.at(1))
    return block ? { ...facts, dilations: block } : facts
  }
  if (opening.node.op !== 'ExpandDims') return facts
  // The dimension that was put in has size 1: it says nothing.
  const last = (values: readonly number[]): readonly number[] => values.slice(-1)
  return {
    ...facts,
    kernel: facts.kernel && last(facts.kernel),
    strides: last(facts.strides),
    dilations: last(facts.dilations),
  }
}
