import type { TailExports } from './simd-exports'
import type { Spread, TailKernels } from './types'

type Spreads = Pick<
  TailKernels,
  'add' | 'multiply' | 'scaleOffset' | 'sum' | 'sumOfProducts' | 'sumOfDeviations' | 'spread'
>

/** What is done to wide tensors beside narrow ones. Two of one shape are one line. */
export function simdSpreads(wasm: TailExports): Spreads {
  return {
    add(at, wide, narrow, target) {
      const [outer, middle, inner] = linesOf(at)
      const [a, b, c] = [wide.byteOffset, narrow.byteOffset, target.byteOffset]
      if (inner === 1) wasm.addEach(outer, middle, a, b, c)
      else wasm.add(outer, middle, inner, a, b, c)
    },
    multiply(at, wide, narrow, target, accumulate) {
      const [outer, middle, inner] = linesOf(at)
      const [a, b, c] = [wide.byteOffset, narrow.byteOffset, target.byteOffset]
      if (inner === 1) wasm.multiplyEach(outer, middle, a, b, c, accumulate)
      else wasm.multiply(outer, middle, inner, a, b, c, accumulate)
    },
    scaleOffset(at, wide, scale, offset, target) {
      const [outer, middle, inner] = linesOf(at)
      const [x, by, plus] = [wide.byteOffset, scale.byteOffset, offset.byteOffset]
      wasm.scaleOffset(outer, middle, inner, x, by, plus, target.byteOffset)
    },
    sum(at, wide, factor, target, accumulate) {
      wasm.sum(...linesOf(at), wide.byteOffset, factor, target.byteOffset, accumulate)
    },
    sumOfProducts(at, a, b, target, accumulate) {
      wasm.sumOfProducts(...linesOf(at), a.byteOffset, b.byteOffset, target.byteOffset, accumulate)
    },
    sumOfDeviations(at, x, mean, dy, target) {
      wasm.sumOfDeviations(...linesOf(at), x.byteOffset, mean.byteOffset, dy.byteOffset, target.byteOffset)
    },
    spread(at, narrow, factor, target, accumulate) {
      const [outer, middle, inner] = linesOf(at)
      const [from, to] = [narrow.byteOffset, target.byteOffset]
      if (inner === 1) wasm.spreadEach(outer, middle, from, factor, to, accumulate)
      else wasm.spread(outer, middle, inner, from, factor, to, accumulate)
    },
  }
}

function linesOf({ outer, middle, inner }: Spread): [outer: number, middle: number, inner: number] {
  return middle === 1 ? [1, 1, outer * inner] : [outer, middle, inner]
}
