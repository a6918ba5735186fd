import { formatCount, shorten } from '../../graph/op-tables/text'

/** Numbers and shapes as people read them. */

export { formatCount, shorten }

/** 9345678 → `9.35 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${formatCount(bytes)}B`
}

/** `[null, 112, 112, 32]` → `batch × 112 × 112 × 32`; an unknown rank is said so. */
export function formatShape(shape: readonly (number | null)[] | null): string {
  if (!shape) return 'unknown shape'
  if (shape.length === 0) return 'scalar'
  return shape.map((size, index) => size ?? (index === 0 ? 'batch' : '?')).join(' × ')
}

/** 0.9167 → `92 %`. */
export function formatPercent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)} %`
}

/** 1240 ms → `1.2 s`. */
export function formatTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

/** A number of a weight in at most nine characters, three or four figures: `-0.0123`, `1.50e-7`, `12`. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2).replace('e+', 'e')
  return String(Number(value.toPrecision(size < 0.1 ? 3 : 4)))
}
