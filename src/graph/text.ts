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

/** The same for a path, which loses whole parts first: `functional_1/…/depthwise`, `…/depthwise`. */
export function shortenPath(path: string, length: number): string {
  if (path.length <= length) return path
  const parts = path.split('/')
  const last = parts[parts.length - 1]
  for (const shorter of [`${parts[0]}/…/${last}`, `…/${last}`]) {
    if (parts.length > 2 && shorter.length <= length) return shorter
  }
  return parts.length > 1 && last.length + 2 <= length ? `…/${last}` : shorten(last, length)
}
