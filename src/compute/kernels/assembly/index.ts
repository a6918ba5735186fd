// The kernel of ../kernel.ts in AssemblyScript with 128-bit SIMD. Pointers are byte addresses; strides count columns
// of panels, which are 16 bytes (four rows) each. Compiled by tools/kernels/build.mjs.

export { moments, standardise } from './standardise'
export { times } from './times'
export { transposedTimes } from './transposed-times'
export { scaleRows, softmax } from './softmax'
export { sgd, momentum, rmsprop, adam } from './descend'

/** The first free byte of the memory. */
export function heapBase(): usize {
  return __heap_base
}
