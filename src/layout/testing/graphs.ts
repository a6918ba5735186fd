import { existsSync, readFileSync } from 'node:fs'
import { GraphBuilder } from '../../graph/testing/build'
import { graphFromModelJson, type ModelJson } from '../../graph/testing/model-json'
import { pick, randomInt } from '../../graph/testing/random'
import { sharedModel as readShared } from '../../graph/testing/tfjs-models'
import type { Graph } from '../../graph/types'

/** A graph of `size` operations under nested scopes, with skip connections and a constant here and there. */
export function scopedGraph(random: () => number, size: number): Graph {
  const build = new GraphBuilder()
  const tensors = [build.input('image', [null, 8, 8, 3])]
  let scope = 'net'
  for (let i = 0; i < size; i++) {
    if (random() < 0.25) scope = nextScope(scope, random, i)
    const inputs = [tensors[tensors.length - 1]]
    if (random() < 0.3) inputs.push(tensors[Math.max(0, tensors.length - 1 - randomInt(random, 12))])
    if (random() < 0.3) inputs.push(build.constant(`${scope}/weights_${i}`, [3]))
    tensors.push(build.node(pick(random, ['Conv2D', 'Relu', 'AddV2', 'MaxPool']), `${scope}/op_${i}`, inputs))
  }
  return build.graph(tensors[tensors.length - 1])
}

function nextScope(scope: string, random: () => number, i: number): string {
  const parts = scope.split('/')
  if (parts.length < 4 && random() < 0.5) return `${scope}/part_${i}`
  return [...parts.slice(0, Math.max(1, parts.length - 1 - randomInt(random, 2))), `block_${i}`].join('/')
}

/** A chain of blocks of four operations with a skip connection each, all names on one level. */
export function flatGraph(blocks: number): Graph {
  const build = new GraphBuilder()
  let last = build.input('image', [null, 8, 8, 3])
  for (let i = 0; i < blocks; i++) {
    const first = build.node('Conv2D', `conv_${i}`, [last, build.constant(`kernel_${i}`, [3, 3, 8, 8])])
    const normal = build.node('FusedBatchNormV3', `norm_${i}`, [first])
    const sum = build.node('AddV2', `add_${i}`, [normal, last])
    last = build.node('Relu', `relu_${i}`, [sum])
  }
  return build.graph(last)
}

/** Real models beside the repository. */
export const sharedModels = ['posenet', 'movenet-lightning', 'facemesh-attention'] as const
/** Whether they are there; tests that want them skip where they are not. */
export const hasSharedModels = existsSync(new URL('../../../../shared/models/tfjs/', import.meta.url))

/** A real model; only to be asked for where `hasSharedModels`. */
export function sharedModel(name: (typeof sharedModels)[number]): Graph {
  const graph = readShared(name)
  if (!graph) throw new Error(`${name} is not there`)
  return graph
}

/** The network that comes with the page. */
export function efficientNet(): Graph {
  const file = (name: string) => new URL(`../../../public/models/efficientnet-lite0/${name}`, import.meta.url)
  const model = JSON.parse(readFileSync(file('model.json'), 'utf8')) as ModelJson
  const shards = [1, 2, 3].map((shard) => readFileSync(file(`group1-shard${shard}of3.bin`)))
  return graphFromModelJson(model, Buffer.concat(shards))
}
