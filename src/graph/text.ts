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

/** The same for a path, of which whole parts go first: `functional_1/…/depthwise`, `…/depthwise`, `depthwise_b…/Conv2D`. */
export function shortenPath(path: string, length: number): string {
  if (path.length <= length) return path
  const parts = path.split('/')
  const [first] = parts
  const last = parts[parts.length - 1]
  if (parts.length > 2) {
    const shorter = [`${first}/…/${last}`, `…/${last}`].find((each) => each.length <= length)
    if (shorter !== undefined) return shorter
  }
  const room = length - last.length - 2
  return parts.length === 2 && room >= 4 ? `${first.slice(0, room)}…/${last}` : shorten(last, length)
}
