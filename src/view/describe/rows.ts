import { opCategory } from '../../graph/op-tables/ops'
import { opTitle, weightBehind } from '../../graph/op-tables/titles'
import type { GraphNode, WeightInfo } from '../../graph/types'
import type { ViewedModel } from '../viewed-model'
import type { NodeRow, TensorRow, WeightRow } from './types'

/** Rows of a list; what is beyond is only counted. */
export const longestList = 200

/** @param role what the tensor is to the node that takes it */
export function tensorRow({ index, facts }: ViewedModel, tensor: string, role: string | null = null): TensorRow {
  const weight = weightBehind(tensor, index)
  const info = facts?.infos.get(tensor)
  const verdict = facts?.verdicts.get(tensor)
  return {
    tensor,
    role,
    shape: info?.shape ?? weight?.shape ?? null,
    dtype: info?.dtype ?? weight?.dtype ?? 'unknown',
    canCut: verdict?.canCut ?? false,
    recommended: verdict?.recommended ?? false,
    weight: weight ? weightRow(weight) : null,
  }
}

/** What a row shows of a weight; `stored` is the dtype in the file where it is quantised, else null. */
export function weightRow({ id, dtype, shape, bytes, stored }: WeightInfo): WeightRow {
  return { id, dtype, shape, bytes, stored: stored?.dtype ?? null }
}

/** The weight a tensor stands for, also where operations in between only pass it on. */
export function weightOf({ index }: ViewedModel, tensor: string): WeightRow | null {
  const weight = weightBehind(tensor, index)
  return weight ? weightRow(weight) : null
}

/** What a row shows of a node, with its title as on its box. */
export function nodeRow(model: ViewedModel, node: GraphNode): NodeRow {
  return { name: node.name, title: titleOf(model, node), category: opCategory(node.op) }
}

/** What a node is called on its box: its op, or in the field's terms what it is with all that is fused into it. */
export function titleOf({ grouping }: ViewedModel, node: GraphNode): string {
  if (node.op === 'Const') return 'Constant'
  return grouping.nodes.get(node.name)?.title ?? opTitle(node)
}

/** The nodes that take any of these tensors, each once: the first ones, and how many there are. */
export function takersOf(
  model: ViewedModel,
  tensors: readonly string[],
): { readonly takers: readonly NodeRow[]; readonly takerCount: number } {
  const nodes = new Set(tensors.flatMap((tensor) => (model.index.uses.get(tensor) ?? []).map(({ node }) => node)))
  return { takers: [...nodes].slice(0, longestList).map((node) => nodeRow(model, node)), takerCount: nodes.size }
}
