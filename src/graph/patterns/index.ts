import type { GraphIndex } from '../lookup/graph-index'
import { weightBehind } from '../op-tables/titles'
import type { GraphNode } from '../types'
import { addClassifiers } from './blocks/classifier'
import { addInvertedResiduals } from './blocks/inverted-residual'
import { addResiduals } from './blocks/residual'
import { addSeparables } from './blocks/separable'
import { addSqueezeExcites } from './blocks/squeeze-excite'
import { findFormulas } from './formulas'
import { layerAt, layerTitle } from './layer'
import { layerFacts } from './layer-facts'
import { addLoose } from './loose'
import { collectPieces, type Pieces } from './pieces'
import type { Survey } from './steps'
import type { Pattern } from './types'
import { wire } from './wiring'

export { patternName, patternSentence } from './names'
export type { Pattern, PatternKind } from './types'

/**
 * What readers think of as one thing: the outermost such things, disjoint, in the order of the graph's nodes. No tensor
 * made inside one is taken outside it, but its output; being an output of the graph counts as taken outside. A
 * convolution or a dense layer that nothing joins is a pattern of one node. Cost is linear in nodes and edges.
 */
export function findPatterns(index: GraphIndex): readonly Pattern[] {
  const wiring = wire(index)
  const survey: Survey = { ...wiring, formulas: findFormulas(wiring) }
  const pieces = collectPieces(wiring)
  addLayers(survey, pieces)
  addLoose(survey, pieces)
  addSqueezeExcites(wiring, pieces)
  addInvertedResiduals(wiring, pieces)
  addSeparables(wiring, pieces)
  addResiduals(survey, pieces)
  addClassifiers(wiring, pieces)
  return pieces.all().map(({ pattern }) => pattern)
}

function addLayers(survey: Survey, pieces: Pieces): void {
  for (const op of survey.ops) {
    const layer = layerAt(survey, op)
    if (layer && ![...layer.ops].some((one) => pieces.of(one))) pieces.add(layer)
  }
}

/**
 * A single convolution or dense layer with what is fused into it: `Conv 3×3, 32 · bias · ReLU6`; null for other nodes,
 * and for a product of two matrices that both come from the data.
 */
export function layerName(node: GraphNode, index: GraphIndex): string | null {
  const kernel = weightBehind(node.inputs.at(1), index)?.shape ?? null
  const facts = layerFacts(node, kernel)
  if (!facts || (facts.type === 'dense' && !kernel)) return null
  return layerTitle(
    facts,
    facts.fused.map(({ word }) => word),
  )
}
