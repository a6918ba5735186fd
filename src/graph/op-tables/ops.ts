import { stringsAttribute } from '../lookup/attributes'
import { argumentNames } from './arguments'
import { categories, type OpCategory } from './categories'
import { countAttributes, outputCounts } from './outputs'
import { sentences } from './sentences'
import type { GraphNode } from '../types'
import { table } from '../table'

export type { OpCategory } from './categories'

/** More outputs than any real node has; a damaged file may claim billions. */
export const MOST_OUTPUTS = 65_536

/** How many outputs a node has; 1 for ops that are not known here. */
export function outputCount(node: GraphNode): number {
  const counted = countAttributes.get(node.op)
  if (counted === undefined) return outputCounts.get(node.op) ?? node.outputs ?? 1
  const attribute = node.attributes[counted.attribute]
  if (attribute?.kind === 'list') return attribute.items.length + counted.beside
  const count = attribute?.kind === 'int' ? attribute.value : 1
  return Math.min(MOST_OUTPUTS, Math.max(0, count)) + counted.beside
}

/** Whether it is known how many outputs an op has. */
export function hasKnownOutputs(op: string): boolean {
  return outputCounts.has(op) || countAttributes.has(op) || argumentNames.has(op)
}

/** What kind of work an op does. */
export function opCategory(op: string): OpCategory {
  return categories.get(op) ?? 'other'
}

/** One plain sentence on what an op does, for the ops people meet; null for the others. */
export function opSentence(op: string): string | null {
  return sentences.get(op) ?? null
}

/**
 * The names of an op's arguments in order (`input`, `filter`); one that takes any number of tensors ends in `…`.
 * null for ops that are not known here.
 */
export function inputNames(op: string): readonly string[] | null {
  return argumentNames.get(op) ?? null
}

/** How many inputs an op has at least; 0 for ops that are not known here. Rules rely on it, so that it is checked on reading. */
export function leastInputs(op: string): number {
  return (inputNames(op) ?? []).filter((name) => !name.endsWith('…')).length
}

/** The name of the argument that a node's input belongs to, e.g. `values 2` for the third of ConcatV2; null if unknown. */
export function inputName(node: GraphNode, position: number): string | null {
  const names = inputNames(node.op) ?? []
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
