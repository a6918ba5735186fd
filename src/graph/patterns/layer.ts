import { fixed, operandOps, withoutShared } from './constants'
import { isLayerOp, layerFacts, layerHead, type LayerFacts } from './layer-facts'
import type { PatternPiece } from './pieces'
import type { FollowingStep, Survey } from './steps'
import { stepsAfter } from './tail'
import { nameOf, namesOf, onlyTaker, type Op, type Value } from './wiring'
import { wrapperAround } from './wrappers'

/** A convolution or a dense layer with all that belongs to it. */
export interface LayerPiece extends PatternPiece {
  readonly facts: LayerFacts
  /** What follows it, in order: `['BN', 'ReLU6']`. */
  readonly words: readonly string[]
  /** null where there is none. */
  readonly activation: string | null
}

/** A product with a smaller matrix, and nothing after it, is a turn or a repetition and no layer. */
const fewestInputs = 8

/** The layer around a convolution or a product with a constant matrix; null for other ops. */
export function layerAt(survey: Survey, op: Op): LayerPiece | null {
  const own = factsOf(op)
  if (!own) return null
  const ops: Op[] = []
  const aside: Op[] = []
  const wrapper = wrapperAround(op, own)
  const first = wrapper?.opening ?? op
  let input = wrapper ? wrapper.input : op.inputs[own.data]
  const pad = paddingBefore(input, first)
  if (pad) {
    input = pad.inputs[0]
    addWithOperands(pad, ops, aside)
  }
  if (wrapper) addWithOperands(wrapper.opening, ops, aside)
  addWithOperands(op, ops, aside, own.data)
  if (wrapper?.bias) add(wrapper.bias, ops, aside)
  if (wrapper) addWithOperands(wrapper.closing, ops, aside)
  const facts = wrapper?.facts ?? own
  const fused = [...own.fused, ...(wrapper?.bias ? [wrapper.bias] : [])]
  const start = (wrapper?.closing ?? op).output
  const steps = stepsAfter(survey, start, new Set(fused.map(({ role }) => role)))
  for (const step of steps) add(step, ops, aside)
  const parts = [...fused, ...steps]
  if (facts.type === 'dense' && parts.length === 0 && (facts.from ?? 0) < fewestInputs) return null
  const all = withoutShared(new Set(ops), new Set(aside))
  return asLayer(facts, parts, all, input, steps.at(-1)?.output ?? start)
}

function factsOf(op: Op): LayerFacts | null {
  if (!isLayerOp(op.node.op) || op.manyTaken) return null
  const kernel = fixed(op.inputs.at(1))
  const facts = layerFacts(op.node, kernel?.shape ?? null)
  if (!facts || op.inputs.length <= facts.data) return null
  // Of two matrices that both come from the data, neither is a layer's.
  return facts.type === 'dense' && (!kernel || fixed(op.inputs[0])) ? null : facts
}

function asLayer(
  facts: LayerFacts,
  parts: readonly Pick<FollowingStep, 'role' | 'word'>[],
  ops: ReadonlySet<Op>,
  input: Value,
  output: Value,
): LayerPiece {
  const words = parts.map(({ word }) => word)
  const kind = facts.type === 'dense' ? 'dense' : 'convolution'
  const activation = parts.find(({ role }) => role === 'activation')?.word ?? null
  const title = layerTitle(facts, words)
  const pattern = { kind, title, nodes: namesOf(ops), inner: [], output: nameOf(output) } as const
  return { facts, words, activation, input, output, ops, layers: [facts], pattern }
}

/** `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
export function layerTitle(facts: LayerFacts, words: readonly string[]): string {
  return [layerHead(facts), ...words].join(' · ')
}

function add(step: FollowingStep, ops: Op[], aside: Op[]): void {
  ops.push(...step.ops)
  aside.push(...step.aside)
}

/** Adds an op after what works out its operands, as paddings or the size of a transposed convolution's result. */
function addWithOperands(op: Op, ops: Op[], aside: Op[], data = 0): void {
  const operands = op.inputs.filter((_, i) => i !== data).flatMap(operandOps)
  ops.push(...operands, op)
  aside.push(...operands)
}

const padOps = new Set(['Pad', 'PadV2', 'MirrorPad'])

function paddingBefore(input: Value, before: Op): Op | null {
  const pad = input.maker
  return pad && padOps.has(pad.node.op) && pad.inputs.length > 0 && onlyTaker(input) === before ? pad : null
}
