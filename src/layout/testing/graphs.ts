import { existsSync, readFileSync } from 'node:fs'
import { normaliseTensor } from '../../graph/names'
import { GraphBuilder } from '../../graph/testing/build'
import { pick, randomInt } from '../../graph/testing/random'
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

export const sharedModels = ['posenet', 'movenet-lightning', 'facemesh-attention'] as const
const folder = new URL('../../../../shared/models/tfjs/', import.meta.url)
export const hasSharedModels = existsSync(folder)

interface StoredNode {
  name: string
  op: string
  input?: string[]
}

interface StoredModel {
  signature: { outputs: Record<string, { name: string }> }
  modelTopology: { node: StoredNode[] }
}

/** The names and connections of a real model; the layout needs nothing else. */
export function sharedModel(name: (typeof sharedModels)[number]): Graph {
  const stored = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as StoredModel
  return {
    nodes: stored.modelTopology.node.map(({ name, op, input = [] }) => ({
      name,
      op,
      inputs: input.filter((tensor) => !tensor.startsWith('^')).map(normaliseTensor),
      controlInputs: [],
      attributes: {},
    })),
    weights: new Map(),
    inputs: [],
    outputs: Object.values(stored.signature.outputs).map(({ name }) => ({
      key: name,
      tensor: normaliseTensor(name),
      dtype: 'float32',
      shape: null,
    })),
    functions: [],
    scopes: new Map(),
  }
}
