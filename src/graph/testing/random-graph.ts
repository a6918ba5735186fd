import { GraphBuilder } from './build'
import { pick, randomInt, seeded } from './random'
import type { Graph, TensorInfo } from '../types'

/** A random acyclic graph with an image input `image:0`, and facts that make every tensor a feature map. */
export interface RandomGraph {
  readonly graph: Graph
  readonly infos: ReadonlyMap<string, TensorInfo>
  /** All tensors, in node order. */
  readonly tensors: readonly string[]
  readonly output: string
}

/**
 * Nodes take one to three of the few tensors before them, so that bottlenecks, skip connections, dead ends and
 * shape-only edges all come up; some have two outputs.
 */
export function randomGraph(seed: number): RandomGraph {
  const random = seeded(seed)
  const build = new GraphBuilder()
  const tensors = [build.input('image', [null, 8, 8, 3])]
  const length = 4 + randomInt(random, 24)
  for (let i = 0; i < length; i++) {
    const recent = tensors.slice(-(1 + randomInt(random, 4)))
    const inputs = Array.from({ length: 1 + randomInt(random, 3) }, () => pick(random, recent))
    if (random() < 0.1) {
      tensors.push(build.node('ZerosLike', `n${i}`, inputs.slice(0, 1)))
    } else if (random() < 0.2) {
      build.node('TwoOutputs', `n${i}`, inputs)
      tensors.push(`n${i}:0`, `n${i}:1`)
    } else {
      tensors.push(build.node('AddN', `n${i}`, inputs))
    }
  }
  const output = tensors[tensors.length - 1]
  const shape = [null, 8, 8, 3]
  return {
    graph: build.graph(output),
    infos: new Map(tensors.map((tensor) => [tensor, { shape, dtype: 'float32' }])),
    tensors,
    output,
  }
}
