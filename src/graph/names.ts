/** `node:output` from its parts. */
export function tensorName(node: string, output = 0): string {
  return `${node}:${output}`
}

/** The parts of a tensor name; `scope/node` counts as `scope/node:0`. */
export function splitTensor(tensor: string): { node: string; output: number } {
  const match = /^(.*):(\d+)$/s.exec(tensor)
  return match ? { node: match[1], output: Number(match[2]) } : { node: tensor, output: 0 }
}

/** A tensor as GraphDef writes it (`a`, `a:1`) in the one spelling used here (`a:0`, `a:1`). */
export function normaliseTensor(tensor: string): string {
  const { node, output } = splitTensor(tensor)
  return tensorName(node, output)
}

/** The enclosing scope of a node or scope: everything before the last `/`, or '' at the top. */
export function scopeOf(name: string): string {
  const slash = name.lastIndexOf('/')
  return slash < 0 ? '' : name.slice(0, slash)
}

/** The last part of a `/`-separated name. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
