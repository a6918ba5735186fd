import type { TensorValue } from '../../types'
import type { Tolerance } from './cases'

/**
 * What is wrong with a value beside the one wanted, in a few words; null where nothing is. Shapes and kinds of numbers are
 * to be the same, NaN and the infinities where they are wanted, whole numbers and truth exact.
 */
export function difference(found: TensorValue, wanted: TensorValue, tolerance: Tolerance): string | null {
  if (found.shape.join() !== wanted.shape.join()) {
    return `shape [${found.shape.join()}] instead of [${wanted.shape.join()}]`
  }
  const kind = kindOf(wanted)
  if (found.dtype !== kind) return `${found.dtype} instead of ${kind}`
  const exact = kind !== 'float32'
  const allowed = exact ? () => 0 : allowance(wanted, tolerance)
  const count = wanted.data.length
  if (found.data.length !== count) return `${found.data.length} values instead of ${count}`
  for (let at = 0; at < count; at++) {
    const [is, should] = [Number(found.data[at]), Number(wanted.data[at])]
    if (Object.is(is, should) || is === should) continue
    if (!(Math.abs(is - should) <= allowed(should))) return `${is} instead of ${should} at ${at} of ${count}`
  }
  return null
}

/** The dtype that tfjs holds a value in. */
function kindOf({ data, dtype }: TensorValue): string {
  if (dtype === 'bool') return 'bool'
  return data instanceof Float32Array ? 'float32' : 'int32'
}

function allowance(
  wanted: TensorValue,
  { relative = 0, absolute = 0, scaled = 0 }: Tolerance,
): (value: number) => number {
  const largest = Array.from(wanted.data, Number).reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  )
  // Beside an infinity or NaN nothing is near enough.
  return (value) => (Number.isFinite(value) ? absolute + scaled * largest + relative * Math.abs(value) : -1)
}
