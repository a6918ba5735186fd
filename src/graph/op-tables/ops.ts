import { stringsAttribute } from '../lookup/attributes'
import { opOf } from '../ops'
import type { OpCategory } from '../ops/types'
import { namedOutputs } from './outputs'
import type { GraphNode } from '../types'
import { table } from '../table'

export type { OpCategory } from '../ops/types'

/** More outputs than any real node has; a damaged file may claim billions. */
export const MOST_OUTPUTS = 65_536

/** How many outputs a node has; 1 for ops of which that is not known. */
export function outputCount(node: GraphNode): number {
  const outputs = opOf(node.op)?.outputs ?? namedOutputs.get(node.op)?.length
  if (typeof outputs !== 'object') return outputs ?? node.outputs ?? 1
  const { countedBy, beside = 0 } = outputs
  const attribute = node.attributes[countedBy]
  if (attribute?.kind === 'list') return attribute.items.length + beside
  const count = attribute?.kind === 'int' ? attribute.value : 1
  return Math.min(MOST_OUTPUTS, Math.max(0, count)) + beside
}

/** Whether it is known how many outputs an op has. */
export function hasKnownOutputs(op: string): boolean {
  const { takes = '', outputs = namedOutputs.get(op) } = opOf(op) ?? {}
  return takes !== '' || outputs !== undefined
}

/** What kind of work an op does. */
export function opCategory(op: string): OpCategory {
  return opOf(op)?.category ?? 'other'
}

/** Whether an op slides kernels over pictures, forwards; one with a bias fused into it, too. */
export function isConvolution2D(op: string): boolean {
  const layer = opOf(op)?.layer
  return layer?.fusedAs !== undefined && layer.type !== 'dense'
}

/** Whether a value is given from outside there on every run. */
export const isInput = (op: string): boolean => opCategory(op) === 'input'

/** The code of the sentence on what an op does, for the ops people meet; null for the others. */
export function opSentence(op: string): string | null {
  return opOf(op)?.sentence ?? null
}

/**
 * The names of an op's arguments in order (`input`, `filter`); one that takes any number of tensors ends in `…`.
 * None for ops of which they are not known.
 */
export function inputNames(op: string): readonly string[] {
  return opOf(op)?.inputs ?? noNames
}

const noNames: readonly string[] = []

/** How many inputs an op has at least; 0 for ops that are not known here. Rules rely on it, so that it is checked on reading. */
export function leastInputs(op: string): number {
  return opOf(op)?.leastInputs ?? 0
}

/** The name of the argument that a node's input belongs to, e.g. `values 2` for the third of ConcatV2; null if unknown. */
export function inputName(node: GraphNode, position: number): string | null {
  const names = inputNames(node.op)
  const variadic = names.findIndex((name) => name.endsWith('…'))
  // Where several arguments take many tensors, how many each takes is not told by their number.
  if (variadic < 0 || names.some((name, i) => i > variadic && name.endsWith('…'))) return names.at(position) ?? null
  const many = node.inputs.length - (names.length - 1)
  if (position < variadic) return names[variadic === 0 ? 0 : position]
  if (position < variadic + many) {
    return fusedNames(node)[position - variadic] ?? `${names[variadic].slice(0, -1)} ${position - variadic}`
  }
  return names.at(position - many + 1) ?? null
}

/** The arguments of what may be fused into an op. */
const fusedArguments = table<readonly string[]>({
  BiasAdd: ['bias'],
  FusedBatchNorm: ['scale', 'offset', 'mean', 'variance'],
  Prelu: ['alpha'],
})

/** What the extra arguments of a fused op are, in order. */
function fusedNames(node: GraphNode): readonly string[] {
  return stringsAttribute(node, 'fused_ops', []).flatMap((op) => fusedArguments.get(op) ?? [])
}
