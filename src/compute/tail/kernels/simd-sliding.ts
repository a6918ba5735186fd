import type { Arena } from '../../kernels/kernel'
import type { TailExports } from './simd-exports'
import type { Sliding, TailKernels } from './types'

/** Writes a geometry where the kernels read it, and gives its place. */
export type Geometry = (at: Sliding) => number

/** One place for all geometries: each is read before the next one is written. */
export function geometryIn(arena: Arena): Geometry {
  const place = arena.int32(15)
  return ({ batch, input, output, kernel, strides, dilations, before }) => {
    place.set([batch, input.height, input.width, input.channels, output.height, output.width, output.channels])
    place.set([...kernel, ...strides, ...dilations, ...before], 7)
    return place.byteOffset
  }
}

type Convolutions = Pick<
  TailKernels,
  'convolution' | 'convolutionToInput' | 'convolutionToFilter' | 'depthwise' | 'depthwiseToInput' | 'depthwiseToFilter'
>

/** The convolutions; those that look at one place each are plain products. */
export function simdConvolutions(wasm: TailExports, geometry: Geometry): Convolutions {
  return {
    convolution(at, x, filter, y) {
      if (!isPointwise(at)) return wasm.convolution(geometry(at), x.byteOffset, filter.byteOffset, y.byteOffset)
      const [rows, inputs, outputs] = sizesOf(at)
      const [row, next] = [inputs * 4, outputs * 4]
      const [a, b, c] = [x.byteOffset, filter.byteOffset, y.byteOffset]
      wasm.product(rows, inputs, outputs, a, row, 4, b, next, 4, c, next, false)
    },
    convolutionToInput(at, dy, filter, dx, accumulate) {
      const [a, b, c] = [dy.byteOffset, filter.byteOffset, dx.byteOffset]
      if (!isPointwise(at)) return wasm.convolutionToInput(geometry(at), a, b, c, accumulate)
      const [rows, inputs, outputs] = sizesOf(at)
      wasm.product(rows, outputs, inputs, a, outputs * 4, 4, b, 4, outputs * 4, c, inputs * 4, accumulate)
    },
    convolutionToFilter(at, x, dy, filter, accumulate) {
      const [a, b, c] = [x.byteOffset, dy.byteOffset, filter.byteOffset]
      if (!isPointwise(at)) return wasm.convolutionToFilter(geometry(at), a, b, c, accumulate)
      const [rows, inputs, outputs] = sizesOf(at)
      const next = outputs * 4
      wasm.product(inputs, rows, outputs, a, 4, inputs * 4, b, next, 4, c, next, accumulate)
    },
    depthwise(at, x, filter, y) {
      wasm.depthwise(geometry(at), x.byteOffset, filter.byteOffset, y.byteOffset)
    },
    depthwiseToInput(at, dy, filter, dx, accumulate) {
      wasm.depthwiseToInput(geometry(at), dy.byteOffset, filter.byteOffset, dx.byteOffset, accumulate)
    },
    depthwiseToFilter(at, x, dy, filter, accumulate) {
      wasm.depthwiseToFilter(geometry(at), x.byteOffset, dy.byteOffset, filter.byteOffset, accumulate)
    },
  }
}

/** Each output is a product of the input's pixel at its own place. */
function isPointwise({ input, output, kernel, strides, before }: Sliding): boolean {
  const same = input.height === output.height && input.width === output.width
  return same && [...kernel, ...strides].every((size) => size === 1) && before.every((size) => size === 0)
}

function sizesOf({ batch, input, output }: Sliding): readonly [rows: number, inputs: number, outputs: number] {
  return [batch * output.height * output.width, input.channels, output.channels]
}

type Pools = Pick<TailKernels, 'averagePool' | 'averagePoolBack' | 'maxPool' | 'maxPoolBack'>

export function simdPools(wasm: TailExports, geometry: Geometry): Pools {
  return {
    averagePool(at, x, y) {
      wasm.averagePool(geometry(at), x.byteOffset, y.byteOffset)
    },
    averagePoolBack(at, dy, dx, accumulate) {
      wasm.averagePoolBack(geometry(at), dy.byteOffset, dx.byteOffset, accumulate)
    },
    maxPool(at, x, y) {
      wasm.maxPool(geometry(at), x.byteOffset, y.byteOffset)
    },
    maxPoolBack(at, x, dy, dx, accumulate) {
      wasm.maxPoolBack(geometry(at), x.byteOffset, dy.byteOffset, dx.byteOffset, accumulate)
    },
  }
}
