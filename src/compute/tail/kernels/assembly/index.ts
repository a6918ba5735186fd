// The kernels of ../types.ts in AssemblyScript with 128-bit SIMD: pointers are byte addresses, geometries are `Sliding`.
// Compiled by tools/kernels/build.mjs.

export { heapBase, edge } from './scratch'
export { product } from './product'
export { convolution, convolutionToInput } from './convolution'
export { convolutionToFilter } from './convolution-to-filter'
export { depthwise, depthwiseToInput } from './depthwise'
export { depthwiseToFilter } from './depthwise-to-filter'
export { averagePool, averagePoolBack, maxPool, maxPoolBack } from './pool'
export { add, addEach, multiply, multiplyEach, scaleOffset, spread, spreadEach } from './spread'
export { sum, sumOfProducts, sumOfDeviations, squares } from './sums'
export { unary, unaryBack } from './unary'
export { copy } from './copy'
export { sgd, momentum, rmsprop, adam } from '../../../kernels/assembly/descend'
