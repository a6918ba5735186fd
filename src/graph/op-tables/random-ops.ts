import type { GraphNode } from '../types'

const randomOps = /^(Stateless)?(Parameterized)?(Random|TruncatedNormal|Multinomial|SampleDistortedBoundingBox)/

/** Whether a node gives other values each time. */
export function isRandom({ op }: GraphNode): boolean {
  return randomOps.test(op)
}
