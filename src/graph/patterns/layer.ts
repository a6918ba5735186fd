import type { GraphNode } from '../types'
import { fixedValue, sizeNodes, withoutShared } from './constants'
import { layerFacts, layerHead, type LayerFacts } from './layer-facts'
import type { Piece } from './pieces'
import type { Step, Survey } from './steps'
import { stepsAfter } from './tail'
import { maker, onlyTaker, result } from './wiring'
import { wrapperAround } from './wrappers'

/** A convolution or a dense layer with all that belongs to it. */
export interface Layer extends Piece {
  readonly facts: LayerFacts
  /** What follows it, in order: `['BN', 'ReLU6']`. */
  readonly words: readonly string[]
  /** null where there is none. */
  readonly activation: string | null
}

const padOps = new Set(['Pad', 'PadV2', 'MirrorPad'])

/** The layer around a convolution or a product with a constant matrix; null for other nodes. */
export function layerAt(survey: Survey, node: GraphNode): Layer | null {
  const own = layerFacts(survey, node)
  if (!own) return null
  const nodes = new Set<GraphNode>()
  const aside = new Set<GraphNode>()
  const add = (main: readonly GraphNode[], beside: readonly GraphNode[] = []): void => {
    for (const one of beside) aside.add(one)
    for (const one of main) nodes.add(one)
  }
  const beside = [...node.inputs.keys()].filter((i) => i !== own.data).flatMap((i) => operandNodes(survey, node, i))
  let input = node.inputs[own.data]
  const wrapper = wrapperAround(survey, node, own, input)
  if (wrapper) input = wrapper.input
  const pad = paddingBefore(survey, input, wrapper?.opening ?? node)
  if (pad) {
    input = pad.inputs[0]
    const paddings = fixedValue(survey, pad.inputs[1])?.nodes ?? []
    add([...paddings, pad], paddings)
  }
  if (wrapper) add(wrapper.before, wrapper.before.slice(0, -1))
  add([...beside, node], beside)
  if (wrapper)
    add(
      wrapper.after,
      wrapper.after.filter((one) => one !== wrapper.closing && one.op !== 'BiasAdd'),
    )
  const fused = [...own.fused, ...(wrapper?.bias ? [{ role: 'bias', word: 'bias' } as const] : [])]
  const start = wrapper ? result(wrapper.closing) : result(node)
  const steps = stepsAfter(survey, start, new Set(fused.map(({ role }) => role)))
  for (const step of steps) add(step.nodes, step.aside)
  const facts = wrapper?.facts ?? own
  return asLayer(survey, facts, [...fused, ...steps], nodes, aside, input, steps.at(-1)?.output ?? start)
}

function asLayer(
  survey: Survey,
  facts: LayerFacts,
  parts: readonly Pick<Step, 'role' | 'word'>[],
  nodes: ReadonlySet<GraphNode>,
  aside: ReadonlySet<GraphNode>,
  input: string,
  output: string,
): Layer {
  const words = parts.map(({ word }) => word)
  const own = withoutShared(survey, nodes, aside)
  return {
    facts,
    words,
    activation: parts.find(({ role }) => role === 'activation')?.word ?? null,
    input,
    nodes: own,
    pattern: {
      kind: facts.type === 'dense' ? 'dense' : 'convolution',
      title: layerTitle(facts, words),
      nodes: [...own].map(({ name }) => name),
      inner: [],
      output,
    },
  }
}

/** `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
export function layerTitle(facts: LayerFacts, words: readonly string[]): string {
  return [layerHead(facts), ...words].join(' · ')
}

function operandNodes(survey: Survey, node: GraphNode, i: number): readonly GraphNode[] {
  // A transposed convolution's first operand is the size of what it makes.
  const isSize = i === 0
  return fixedValue(survey, node.inputs[i])?.nodes ?? (isSize ? sizeNodes(survey, node.inputs[i]) : [])
}

function paddingBefore(survey: Survey, input: string, before: GraphNode): GraphNode | null {
  const pad = maker(survey, input)
  return pad && padOps.has(pad.op) && onlyTaker(survey, input) === before ? pad : null
}
