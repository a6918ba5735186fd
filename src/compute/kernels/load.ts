import type { Arena, HeadKernel } from './kernel'
import { plainKernel } from './plain'
import { simdKernel } from './simd'

export interface OpenKernel<T> {
  kernel: HeadKernel
  memory: T
}

/**
 * The fastest kernel there is here, and what `allocate` takes from its arena (it is called twice, the first time to
 * find out how much that is).
 */
export async function openKernel<T>(allocate: (arena: Arena) => T): Promise<OpenKernel<T>> {
  const kernel = (await simdKernel(bytesOf(allocate))) ?? plainKernel()
  return { kernel, memory: allocate(kernel) }
}

/** Bytes `allocate` takes, with what alignment to cache lines may add. */
function bytesOf(allocate: (arena: Arena) => unknown): number {
  let bytes = 0
  const take = (length: number, size: number): void => {
    bytes += length * size + 64
  }
  allocate({
    float32: (length) => (take(length, 4), new Float32Array(0)),
    float64: (length) => (take(length, 8), new Float64Array(0)),
    int32: (length) => (take(length, 4), new Int32Array(0)),
  })
  return bytes
}
