import type { Arena } from '../../kernels/kernel'
import { plainTailKernels } from './plain'
import { simdTailKernels } from './simd'
import type { TailKernels } from './types'

export interface OpenTailKernels<T> {
  readonly kernels: TailKernels
  readonly memory: T
}

/**
 * The fastest kernels there are here, and what `allocate` takes from their arena (it may be called twice, the first time to
 * find out how much that is).
 */
export async function openTailKernels<T>(allocate: (arena: Pick<Arena, 'float32'>) => T): Promise<OpenTailKernels<T>> {
  const simd = await simdTailKernels(allocate)
  if (simd) return simd
  const kernels = plainTailKernels()
  return { kernels, memory: allocate(kernels) }
}
