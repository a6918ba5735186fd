import { graft, type GraftedHead } from '../graft/graft'
import { indexGraph, producer } from '../lookup/graph-index'
import { overlayWeights } from '../lookup/weights'
import type { Graph, TensorInfo } from '../types'
import { findTail, type TailSource } from './tail'
import type { Tail, TailRefusal } from './types'

/** A tail with the head that is trained with it: its output is logits. */
export interface TailWithHead {
  readonly tail: Tail
  /** Ids of the head's weights among those that learn; the others are the trunk's. */
  readonly head: ReadonlySet<string>
}

export type TailWithHeadFound =
  { readonly found: TailWithHead; readonly refusal: null } | { readonly found: null; readonly refusal: TailRefusal }

/**
 * What is trained from a freeze point on: the tail up to the cuts, and the dense layers of a head that ends in softmax; what
 * else a head has stays. `infos` are of the source's graph.
 */
export async function findTailWithHead(
  { graph, weights, image }: TailSource,
  infos: ReadonlyMap<string, TensorInfo>,
  { freeze, cuts }: { readonly freeze: string; readonly cuts: readonly string[] },
  head: GraftedHead,
): Promise<TailWithHeadFound> {
  const grafted = graft(graph, infos, cuts, head)
  const source = { graph: grafted.graph, weights: overlayWeights(weights, grafted.weights), image }
  const { tail, refusal } = await findTail(source, { freeze, output: logitsOf(grafted.graph, grafted.output) })
  if (!tail) return { found: null, refusal }
  const dense = new Set<unknown>(
    head.layers.flatMap((layer) => (layer.kind === 'dense' ? [layer.kernel, layer.bias] : [])),
  )
  const isDense = (id: string): boolean => dense.has(grafted.weights.get(id)?.values)
  const trained = tail.trained.filter(({ id }) => !grafted.weights.has(id) || isDense(id))
  const parameters = trained.reduce((sum, { values }) => sum + values, 0)
  const own = trained.flatMap(({ id }) => (grafted.weights.has(id) ? [id] : []))
  return { found: { tail: { ...tail, trained, parameters }, head: new Set(own) }, refusal: null }
}

/** What a softmax makes probabilities of; the tensor itself where none does. */
function logitsOf(graph: Graph, probabilities: string): string {
  const node = producer(indexGraph(graph), probabilities)
  return node?.op === 'Softmax' ? node.inputs[0] : probabilities
}
