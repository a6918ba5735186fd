import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import type { PlainGraph, PlainNode } from './plain-graph'
import type { Stepping, Training } from './types'

/** Training with tfjs on the backend at hand. Norms are two vectors, which is the least that they can be. */
export function openTfjs(graph: PlainGraph, { maps, labels, rate }: Training): Stepping {
  const tensors = new Map<string, tf.Tensor>()
  for (const { name, shape, learns, values } of graph.constants) {
    const tensor = tf.tensor(values, [...shape])
    tensors.set(name, learns ? tf.variable(tensor) : tensor)
  }
  const channels = graph.constants.find(({ name }) => name.includes('expand_conv2d'))?.shape[2] ?? 1
  const side = Math.sqrt(maps.length / labels.length / channels)
  const x = tf.tensor4d(maps, [labels.length, side, side, channels])
  const classes = graph.constants.find(({ name }) => name.endsWith('bench/bias'))?.shape[0] ?? 1
  const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), classes)
  const optimizer = tf.train.adam(rate, 0.9, 0.999, 1e-7)
  return {
    async step() {
      const loss = optimizer.minimize(() => {
        const logits = forward(graph, tensors, x)
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1)))
      }, true)
      const [value] = (await loss?.data()) ?? []
      loss?.dispose()
      return value
    },
    close() {
      optimizer.dispose()
      tf.dispose([x, wanted, ...tensors.values()])
    },
  }
}

function forward(graph: PlainGraph, constants: ReadonlyMap<string, tf.Tensor>, maps: tf.Tensor): tf.Tensor {
  const values = new Map([...constants, [graph.maps, maps]])
  const valueOf = (name: string): tf.Tensor => {
    const value = values.get(name)
    if (!value) throw new Error(`nothing computes ${name}`)
    return value
  }
  for (const node of graph.nodes) {
    if (node.name !== graph.maps) values.set(node.name, compute(node, valueOf))
  }
  return valueOf(graph.output)
}

function compute({ op, inputs, epsilon }: PlainNode, valueOf: (name: string) => tf.Tensor): tf.Tensor {
  const [x, second] = inputs.map((name, place) => (op === 'Mean' && place > 0 ? tf.scalar(0) : valueOf(name)))
  switch (op) {
    case 'Conv2D':
      return tf.conv2d(x as tf.Tensor4D, second as tf.Tensor4D, 1, 'same')
    case 'DepthwiseConv2dNative':
      return tf.depthwiseConv2d(x as tf.Tensor4D, second as tf.Tensor4D, 1, 'same')
    case 'FusedBatchNormV3': {
      const [, scale, offset, mean, variance] = inputs.map(valueOf)
      const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))
      return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)))
    }
    case 'Relu6':
      return tf.relu6(x)
    case 'AddV2':
    case 'BiasAdd':
      return tf.add(x, second)
    case 'Mean':
      return tf.mean(x, [1, 2])
    case 'MatMul':
      return tf.matMul(x, second)
    default:
      throw new Error(`the benchmark knows no ${op}`)
  }
}
