import { boolOf, GraphBuilder, intsOf, stringOf } from './build'
import type { Graph } from '../types'

/** Adds `name`: a 3×3 convolution that keeps the size of the picture. */
export function conv(build: GraphBuilder, name: string, input: string, channels: readonly [number, number]): string {
  const kernel = build.constant(`${name}/kernel`, [3, 3, ...channels])
  return build.node('Conv2D', name, [input, kernel], {
    strides: intsOf(1, 1, 1, 1),
    padding: stringOf('SAME'),
    data_format: stringOf('NHWC'),
  })
}

/** Adds `name`: the mean over height and width, `[batch, channels]`. */
export function pool(build: GraphBuilder, name: string, input: string): string {
  return build.node('Mean', name, [input, build.constant(`${name}/axes`, [2], [1, 2])], { keep_dims: boolOf(false) })
}

/** Adds `name`: a fully connected layer without bias. */
export function dense(build: GraphBuilder, name: string, input: string, sizes: readonly [number, number]): string {
  return build.node('MatMul', name, [input, build.constant(`${name}/kernel`, sizes)])
}

/** A small classifier with a skip connection: `image`, `stem`, `branch`, `sum`, `pool`, `logits`, `probabilities`. */
export function classifier(batch: number | null = null): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [batch, 8, 8, 3])
  const stem = build.node('Relu6', 'stem', [conv(build, 'conv', image, [3, 4])])
  const branch = conv(build, 'branch', stem, [4, 4])
  const sum = build.node('AddV2', 'sum', [branch, stem])
  const logits = dense(build, 'logits', pool(build, 'pool', sum), [4, 5])
  const biased = build.node('BiasAdd', 'biased', [logits, build.constant('bias', [5])])
  return build.graph(build.node('Softmax', 'probabilities', [biased]))
}
