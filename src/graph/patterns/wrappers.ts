import type { GraphNode } from '../types'
import { constantValues } from '../constants'
import { fixedValue, sizeNodes } from './constants'
import type { LayerFacts } from './layer-facts'
import { biasAfter, type Survey } from './steps'
import { maker, onlyTaker, result } from './wiring'

/** Two operations around a layer that only bring the data into the form it takes, and back. */
export interface Wrapper {
  readonly input: string
  readonly opening: GraphNode
  readonly closing: GraphNode
  /** The opening with what works out its operands before it. */
  readonly before: readonly GraphNode[]
  /** From the layer to the closing. */
  readonly after: readonly GraphNode[]
  /** Whether a bias stands inside. */
  readonly bias: boolean
  /** The layer as it is with its wrapper. */
  readonly facts: LayerFacts
}

const pairs: Partial<Record<string, string>> = {
  /** An atrous convolution, as it was written before there were dilations. */
  SpaceToBatchND: 'BatchToSpaceND',
  /** One dimension: a picture of height 1. */
  ExpandDims: 'Squeeze',
  /** A dense layer on the last of several dimensions. */
  Reshape: 'Reshape',
}

/** The pair of operations around a layer's node, possibly with its bias inside; null where there is none. */
export function wrapperAround(survey: Survey, node: GraphNode, facts: LayerFacts, input: string): Wrapper | null {
  const opening = maker(survey, input)
  const counterpart = opening && pairs[opening.op]
  if (counterpart === undefined || onlyTaker(survey, input) !== node) return null
  if ((opening.op === 'Reshape') !== (facts.type === 'dense')) return null
  const bias = facts.fused.length === 0 ? biasAfter(survey, result(node)) : null
  const direct = onlyTaker(survey, result(node))
  const later = bias && onlyTaker(survey, bias.output)
  const closing = direct?.op === counterpart ? direct : later?.op === counterpart ? later : null
  if (!closing) return null
  const inside = closing === direct ? [] : (bias?.nodes ?? [])
  return {
    input: opening.inputs[0],
    opening,
    closing,
    before: [...operands(survey, opening), opening],
    after: [...inside, ...operands(survey, closing), closing],
    bias: inside.length > 0,
    facts: wrappedFacts(survey, opening, facts),
  }
}

function operands(survey: Survey, node: GraphNode): readonly GraphNode[] {
  return node.inputs.slice(1).flatMap((input) => fixedValue(survey, input)?.nodes ?? sizeNodes(survey, input))
}

function wrappedFacts(survey: Survey, opening: GraphNode, facts: LayerFacts): LayerFacts {
  if (opening.op === 'SpaceToBatchND') {
    const block = constantValues(survey.index, opening.inputs.at(1))
    return block ? { ...facts, dilations: block } : facts
  }
  if (opening.op !== 'ExpandDims') return facts
  // The dimension that was put in has size 1: it says nothing.
  const last = (values: readonly number[]): readonly number[] => values.slice(-1)
  return {
    ...facts,
    kernel: facts.kernel && last(facts.kernel),
    strides: last(facts.strides),
    dilations: last(facts.dilations),
  }
}
