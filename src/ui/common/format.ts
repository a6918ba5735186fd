/** Numbers and shapes as people read them. */

/** 407123000 → `407 M`. */
export function formatCount(value: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${trim(value / size)} ${unit}`
  }
  return String(Math.round(value))
}

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

/** Three figures that count. */
function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : Number(value.toPrecision(3)).toString()
}

/** Shortens a long name from its middle, so that both ends can be read. */
export function shorten(name: string, length: number): string {
  if (name.length <= length) return name
  const head = Math.ceil((length - 1) * 0.4)
  return `${name.slice(0, head)}…${name.slice(name.length - (length - 1 - head))}`
}
