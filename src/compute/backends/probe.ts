import * as tf from '@tensorflow/tfjs-core'

/** A backend whose warm-up takes longer than this is not one to choose; it is timed once more and no further. */
const slow = 1_000

/**
 * Times one pass of a small network in the shape people train from (a strided convolution, then depthwise-separable
 * blocks), with the result read back. Returns milliseconds an image, in batches since that is how features are
 * computed: the best of three after a warm-up, or what one pass takes where the warm-up was slow.
 */
export async function runProbe(): Promise<number> {
  const batch = 4
  const network = makeNetwork()
  const input = tf.fill([batch, 96, 96, 3], 0.5)
  const pass = async (): Promise<number> => {
    const start = performance.now()
    const output = tf.tidy(() => network.run(input))
    await output.data()
    output.dispose()
    return performance.now() - start
  }
  try {
    const warmUp = await pass()
    const times = [await pass()]
    if (warmUp < slow) times.push(await pass(), await pass())
    return Math.min(...times) / batch
  } finally {
    input.dispose()
    network.dispose()
  }
}

interface Network {
  run(input: tf.Tensor): tf.Tensor
  dispose(): void
}

function makeNetwork(): Network {
  const channels = [16, 32, 64, 128, 128]
  const stem = tf.fill<tf.Rank.R4>([3, 3, 3, channels[0]], 0.01)
  const blocks = channels.slice(1).map((outputs, index) => ({
    depthwise: tf.fill<tf.Rank.R4>([3, 3, channels[index], 1], 0.01),
    pointwise: tf.fill<tf.Rank.R4>([1, 1, channels[index], outputs], 0.01),
    stride: index % 2 === 0 ? 2 : 1,
  }))
  return {
    run(input) {
      let x = tf.relu6(tf.conv2d(input as tf.Tensor4D, stem, 2, 'same'))
      for (const block of blocks) {
        x = tf.relu6(tf.depthwiseConv2d(x, block.depthwise, block.stride, 'same'))
        x = tf.relu6(tf.conv2d(x, block.pointwise, 1, 'same'))
      }
      return tf.mean(x, [1, 2])
    },
    dispose() {
      tf.dispose([stem, ...blocks.flatMap((block) => [block.depthwise, block.pointwise])])
    },
  }
}
