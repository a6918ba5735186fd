import type { DType, Quantisation, WeightValues } from '../../graph/types'
import { decodeStrings } from '../graphdef/strings'

/**
 * The values of one weight from its bytes as stored, a fresh array; the same numbers as tfjs' `decodeWeights`
 * (tfjs-core, src/io/io_utils.ts): stored · scale + min, rounded where the weight is int32.
 */
export function decodeWeight(bytes: Uint8Array, dtype: DType, stored?: Quantisation): WeightValues {
  if (dtype === 'string') return decodeStrings(bytes)
  const fresh = new Uint8Array(bytes)
  if (stored === undefined) {
    if (dtype === 'float32') return new Float32Array(fresh.buffer)
    return dtype === 'int32' ? new Int32Array(fresh.buffer) : fresh
  }
  if (stored.dtype === 'float16') return decodeFloat16(new Uint16Array(fresh.buffer))
  const { scale = 1, min = 0 } = stored
  const levels = stored.dtype === 'uint8' ? fresh : new Uint16Array(fresh.buffer)
  if (dtype === 'int32') return Int32Array.from(levels, (level) => Math.round(level * scale + min))
  return Float32Array.from(levels, (level) => level * scale + min)
}

let halves: Float32Array | undefined

/** IEEE 754 binary16 by a table of all 65,536 numbers, built when first needed. */
function decodeFloat16(bits: Uint16Array): Float32Array {
  const table = (halves ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => float16(half)))
  return Float32Array.from(bits, (half) => table[half])
}

function float16(half: number): number {
  const sign = half >> 15 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
