import * as tf from '@tensorflow/tfjs-core'
import { inputOf, kernelOf, replaceKernel, single, type KernelArguments, type AnyBackend } from './replace'

/**
 * Where both stacks of matrices are to be repeated along different dimensions, tfjs multiplies fewer than it should: here
 * both are repeated before. One that stands for a whole stack, or is as long as the result's, is left to the kernel.
 */
export function correctMatMul(backend: string): void {
  replaceKernel('BatchMatMul', backend, (original) => (given) => {
    const shapes = { a: batchOf(given, 'a'), b: batchOf(given, 'b') }
    const wanted = tf.broadcast_util.assertAndGetBroadcastShape([...shapes.a], [...shapes.b])
    const fits = (shape: readonly number[]): boolean =>
      tf.util.sizeFromShape([...shape]) === 1 || shape.join() === wanted.join()
    if (fits(shapes.a) && fits(shapes.b)) return original(given)
    const inputs = { a: repeated(given, 'a', wanted, backend), b: repeated(given, 'b', wanted, backend) }
    const result = original({ ...given, inputs })
    for (const { dataId } of Object.values(inputs)) (given.backend as AnyBackend).disposeData(dataId)
    return result
  })
}

const batchOf = (given: KernelArguments, name: string): readonly number[] => inputOf(given, name).shape.slice(0, -2)

function repeated(given: KernelArguments, name: string, batch: readonly number[], backend: string): tf.TensorInfo {
  const tensor = inputOf(given, name)
  const shape = [...Array.from({ length: batch.length + 2 - tensor.shape.length }, () => 1), ...tensor.shape]
  const reps = shape.map((size, at) => (at < batch.length ? batch[at] / size : 1))
  const tile = kernelOf('Tile', backend)
  if (!tile) throw new Error('no Tile')
  return single(tile.kernelFunc({ inputs: { x: { ...tensor, shape } }, attrs: { reps }, backend: given.backend }))
}
