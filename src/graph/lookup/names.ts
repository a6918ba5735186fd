/** `node:output` from its parts. */
export function tensorName(node: string, output = 0): string {
  return `${node}:${output}`
}

/** The parts of a tensor name; `scope/node` counts as `scope/node:0`. By hand, as graphs have hundreds of thousands. */
export function splitTensor(tensor: string): { node: string; output: number } {
  const colon = tensor.lastIndexOf(':')
  let output = 0
  for (let i = colon + 1; i < tensor.length; i++) {
    const digit = tensor.charCodeAt(i) - zero
    if (colon < 0 || digit < 0 || digit > 9) return { node: tensor, output: 0 }
    output = 10 * output + digit
  }
  return colon < 0 || colon === tensor.length - 1
    ? { node: tensor, output: 0 }
    : { node: tensor.slice(0, colon), output }
}

const zero = '0'.charCodeAt(0)

/** A tensor as GraphDef writes it (`a`, `a:1`) in the one spelling used here (`a:0`, `a:1`). */
export function normaliseTensor(tensor: string): string {
  const colon = outputColon(tensor)
  if (colon < 0) return `${tensor}:0`
  // `a:01` is `a:1`.
  return tensor[colon + 1] === '0' && colon + 2 < tensor.length
    ? tensorName(tensor.slice(0, colon), Number(tensor.slice(colon + 1)))
    : tensor
}

/** Where the colon before a tensor's output number is; -1 where there is no number. By hand: all names go through here. */
function outputColon(tensor: string): number {
  let at = tensor.length - 1
  while (at >= 0 && isDigit(tensor.charCodeAt(at))) at -= 1
  return at >= 0 && at < tensor.length - 1 && tensor[at] === ':' ? at : -1
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** The enclosing scope of a node or scope: everything before the last `/`, or '' at the top. */
export function scopeOf(name: string): string {
  const slash = name.lastIndexOf('/')
  return slash < 0 ? '' : name.slice(0, slash)
}

/** The last part of a `/`-separated name. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
