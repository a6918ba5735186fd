import { NotLowered, type Builder, type Symbolic } from '../types'
import { matmul, transpose } from './ops'
import { rankOf } from './read'
import { reshape, sizeAt, type SizeOrAxis } from './sizes'

interface Equation {
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly output: readonly string[]
}

/** `abc,cd->abd` or `...x,xy->...y` for operands of these ranks; the dots become letters of their own. */
function parse(equation: string, rankA: number, rankB: number): Equation {
  const found = /^([a-zA-Z.]+),([a-zA-Z.]+)->([a-zA-Z.]*)$/.exec(equation.replaceAll(' ', ''))
  if (!found) throw unknown(equation)
  const [, a, b, output] = found
  const dots = (term: string, rank: number): number => (term.includes('...') ? rank - (term.length - 3) : 0)
  const hidden = Math.max(0, dots(a, rankA), dots(b, rankB))
  const letters = (term: string, count: number): string[] => {
    const names = Array.from({ length: Math.max(0, count) }, (_, i) => `.${hidden - count + i}`)
    return term.split('...').flatMap((part, place) => [...(place > 0 ? names : []), ...Array.from(part)])
  }
  const parsed = { a: letters(a, dots(a, rankA)), b: letters(b, dots(b, rankB)), output: letters(output, hidden) }
  const isSound =
    parsed.a.length === rankA &&
    parsed.b.length === rankB &&
    Object.values(parsed).every((labels) => new Set(labels).size === labels.length) &&
    parsed.output.every((label) => parsed.a.includes(label) || parsed.b.includes(label))
  if (isSound) return parsed
  throw unknown(equation)
}

function unknown(equation: string): NotLowered {
  return new NotLowered(`Its sum “${equation.slice(0, 60)}” is not a product of two tensors.`)
}

/**
 * A sum of products of two tensors as one matrix product, since not every backend has Einsum. Labels in both and in
 * the output are batches, labels in both and not in the output are summed over.
 */
export function einsum(build: Builder, equation: string, a: Symbolic, b: Symbolic): Symbolic {
  const terms = parse(equation, rankOf(a), rankOf(b))
  const isShared = (label: string): boolean => terms.a.includes(label) && terms.b.includes(label)
  const batch = terms.output.filter(isShared)
  const summed = terms.a.filter((label) => isShared(label) && !terms.output.includes(label))
  const fromA = terms.output.filter((label) => !terms.b.includes(label))
  const fromB = terms.output.filter((label) => !terms.a.includes(label))
  if (batch.length + summed.length + fromA.length !== terms.a.length) throw unknown(equation)
  if (batch.length + summed.length + fromB.length !== terms.b.length) throw unknown(equation)
  const size = (label: string): SizeOrAxis =>
    terms.a.includes(label) ? sizeAt(a, terms.a.indexOf(label)) : sizeAt(b, terms.b.indexOf(label))
  const left = arranged(build, a, terms.a, [batch, fromA, summed], size, 'a')
  const right = arranged(build, b, terms.b, [batch, summed, fromB], size, 'b')
  const product = matmul(build, left, right)
  const labels = [...batch, ...fromA, ...fromB]
  const isFlat = fromA.length === 1 && fromB.length === 1
  const whole = isFlat ? product : reshape(build, product, labels.map(size), 'product')
  return transpose(
    build,
    whole,
    terms.output.map((label) => labels.indexOf(label)),
    'output',
  )
}

/** Axes in the order of the groups; the second and the third group become one axis each. */
function arranged(
  build: Builder,
  x: Symbolic,
  labels: readonly string[],
  [batch, rows, columns]: readonly (readonly string[])[],
  size: (label: string) => SizeOrAxis,
  name: string,
): Symbolic {
  const order = [...batch, ...rows, ...columns]
  const turned = transpose(
    build,
    x,
    order.map((label) => labels.indexOf(label)),
    name,
  )
  if (rows.length === 1 && columns.length === 1) return turned
  const entries = [...batch.map(size), together(rows.map(size)), together(columns.map(size))]
  return reshape(build, turned, entries, `${name}/flat`)
}

/** The size of several axes as one; one of them not known makes it free. */
function together(sizes: readonly SizeOrAxis[]): SizeOrAxis {
  const known = sizes.filter((size) => typeof size === 'number')
  if (known.length < sizes.length) return sizes.length === 1 ? sizes[0] : -1
  return known.reduce((product, size) => product * size, 1)
}
