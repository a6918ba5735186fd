import type { Arena, Kernel } from './kernel'
import { plainKernel } from './plain'

export interface OpenKernel<T> {
  kernel: Kernel
  memory: T
}

/** The fastest kernel there is here, and what `allocate` took from its arena. */
export async function openKernel<T>(allocate: (arena: Arena) => T): Promise<OpenKernel<T>> {
  const kernel = plainKernel()
  return Promise.resolve({ kernel, memory: allocate(kernel) })
}
