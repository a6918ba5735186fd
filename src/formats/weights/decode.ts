import type { DType, Quantisation, WeightValues } from '../../graph/types'
import { decodeStrings } from '../graphdef/strings'

/**
 * The values of one weight from its bytes as stored (little endian), a fresh array. Of tfjs' quantisations the same
 * numbers as its `decodeWeights` (tfjs-core, src/io/io_utils.ts): stored · scale + min, rounded where the weight is int32.
 */
export function decodeWeight(bytes: Uint8Array, dtype: DType, stored?: Quantisation): WeightValues {
  if (dtype === 'string') return decodeStrings(bytes)
  const { buffer } = new Uint8Array(bytes)
  if (stored === undefined) {
    if (dtype === 'float32') return new Float32Array(buffer)
    return dtype === 'int32' ? new Int32Array(buffer) : new Uint8Array(buffer)
  }
  const { scale = 1, min = 0 } = stored
  switch (stored.dtype) {
    case 'float16':
      return decodeFloat16(new Uint16Array(buffer))
    case 'bfloat16':
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer)
    case 'float64':
      return Float32Array.from(new Float64Array(buffer))
    case 'int64':
      return Int32Array.from(new BigInt64Array(buffer), narrow)
    case 'uint64':
      return Int32Array.from(new BigUint64Array(buffer), narrow)
    case 'int8':
      return Int32Array.from(new Int8Array(buffer))
    case 'int16':
      return Int32Array.from(new Int16Array(buffer))
    case 'uint32':
      return Int32Array.from(new Uint32Array(buffer), (value) => Math.min(value, mostInt32))
    case 'uint8':
    case 'uint16': {
      const levels = stored.dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer)
      if (dtype === 'int32') return Int32Array.from(levels, (level) => Math.round(level * scale + min))
      return Float32Array.from(levels, (level) => level * scale + min)
    }
  }
}

const mostInt32 = 2 ** 31 - 1

/** TensorFlow means “to the end” with the largest int64, as it does with the largest int32. */
function narrow(value: bigint): number {
  return Math.max(-mostInt32 - 1, Math.min(mostInt32, Number(value)))
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
