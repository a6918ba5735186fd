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

/** The same for a path, of which the inner parts go first: `functional_1/…/depthwise`, `functiona…/depthwise`. */
export function shortenPath(path: string, length: number): string {
  if (path.length <= length) return path
  const parts = path.split('/')
  if (parts.length === 1) return shorten(path, length)
  const [first] = parts
  const last = parts[parts.length - 1]
  const room = length - last.length - 2
  if (parts.length > 2 && first.length < room) return `${first}/…/${last}`
  return room >= fewest ? `${first.slice(0, room)}…/${last}` : shorten(last, length)
}

/** Fewer characters of a scope's name tell nothing. */
const fewest = 4
