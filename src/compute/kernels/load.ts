import type { Arena, HeadKernel } from './kernel'
import { plainKernel } from './plain'
import { simdKernel } from './simd'
import { bytesOf } from './wasm'

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
