// The tail that the benchmark trains: blocks 13 to 15 and the last convolution of the sample network, and a dense layer of
// ten labels on the averaged maps.
import { openModel } from '../../src/formats'
import type { SourceFile } from '../../src/formats/types'
import { modernise } from '../../src/graph/legacy'
import { HeadBuilder } from '../../src/graph/graft/head-builder'
import { trunk } from '../../src/graph/lookup/trunk'
import { overlayWeights } from '../../src/graph/lookup/weights'
import { findTail } from '../../src/graph/tail/tail'
import type { Tail } from '../../src/graph/tail/types'
import type { Graph, WeightStore } from '../../src/graph/types'
import { uniform } from '../../src/random'

export const photos = 16
export const labels = 10
const scope = 'efficientnet-lite0'
const freeze = `${scope}/blocks_12/add/AddV2:0`
const features = { tensor: `${scope}/head/global_average_pooling2d/Mean:0`, length: 1280 }

export interface Case {
  readonly tail: Tail
  /** What the maps at the freeze point come from. */
  readonly trunk: Graph
  readonly weights: WeightStore
}

const quiet = { progress: () => undefined, checkCancelled: () => undefined }

export async function openCase(files: SourceFile[]): Promise<Case> {
  const model = await openModel(files, quiet)
  const head = new HeadBuilder('bench')
  const random = uniform(1)
  const kernel = Float32Array.from({ length: features.length * labels }, () => (random() - 0.5) / 20)
  const product = head.matMul('MatMul', features.tensor, head.constant('kernel', kernel, [features.length, labels]))
  const logits = head.biasAdd('BiasAdd', product, head.constant('bias', new Float32Array(labels), [labels]))
  const graph = modernise(model.graph)
  const joined = {
    ...graph,
    nodes: [...graph.nodes, ...head.nodes],
    weights: new Map([...graph.weights, ...[...head.weights].map(([id, { info }]) => [id, info] as const)]),
  }
  const source = { graph: joined, weights: overlayWeights(model.weights, head.weights), image: null }
  const { tail, refusal } = await findTail(source, { freeze, output: logits })
  if (!tail) throw new Error(`no tail: ${JSON.stringify(refusal)}`)
  return { tail, trunk: trunk(graph, [freeze]), weights: model.weights }
}
