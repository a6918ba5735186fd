import { boolAttribute, dtypeAttribute, stringAttribute } from '../../lookup/attributes'
import type { GraphNode } from '../../types'
import { broadcast } from '../broadcast'
import { mayEqual, type Dims, type SymbolicSize } from '../size'
import { tensor, typeOf, type Inputs, type ShapeRule } from '../tensor'

/** `[rows, inner] · [inner, columns]`. */
export const matMul: ShapeRule = (node, inputs) => {
  const left = swapped(inputs.at(0).shape, boolAttribute(node, 'transpose_a', false))
  const right = swapped(inputs.at(1).shape, boolAttribute(node, 'transpose_b', false))
  return [tensor(typeOf(node, 'T', inputs.at(0).dtype), [left?.at(-2) ?? null, right?.at(-1) ?? null])]
}

/** As MatMul in the last two dimensions, broadcasting the others. */
export const batchMatMul: ShapeRule = (node, inputs) => {
  const left = swapped(inputs.at(0).shape, boolAttribute(node, 'adj_x', false))
  const right = swapped(inputs.at(1).shape, boolAttribute(node, 'adj_y', false))
  const dtype = dtypeAttribute(node, 'Tout', typeOf(node, 'T', inputs.at(0).dtype))
  if (left === null || right === null || left.length < 2 || right.length < 2) return [tensor(dtype, null)]
  const outer = broadcast(left.slice(0, -2), right.slice(0, -2))
  return [tensor(dtype, outer && [...outer, left[left.length - 2], right[right.length - 1]])]
}

function swapped(shape: Dims | null, swap: boolean): Dims | null {
  if (!swap || shape === null || shape.length < 2) return shape
  return [...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]]
}

/** A product as the equation says. */
export const einsum: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(0).dtype), einsumShape(node, inputs)),
]

/** One side of an equation's term: the letters before and after `...`, where that stands. */
interface Term {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly hasRest: boolean
}

function readTerm(text: string): Term {
  const [before, after = ''] = text.split('...')
  return { before: before.split(''), after: after.split(''), hasRest: text.includes('...') }
}

/**
 * A letter of the equation stands for one size; `...` for the dimensions no letter names, which broadcast.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.einsum.html
 */
function einsumShape(node: GraphNode, inputs: Inputs): Dims | null {
  const equation = stringAttribute(node, 'equation', '').replaceAll(' ', '')
  if (!equation.includes('->')) return null
  const [operands, result] = equation.split('->')
  const terms = operands.split(',').map(readTerm)
  const letters = new Map<string, SymbolicSize>()
  let rest: Dims | null = []
  for (const [position, { before, after, hasRest }] of terms.entries()) {
    const { shape } = inputs.at(position)
    const count = before.length + after.length
    if (shape === null || (hasRest ? shape.length < count : shape.length !== count)) return null
    const end = shape.length - after.length
    before.forEach((letter, axis) => note(letters, letter, shape[axis]))
    after.forEach((letter, axis) => note(letters, letter, shape[end + axis]))
    rest = broadcast(rest, shape.slice(before.length, end))
  }
  const { before, after, hasRest } = readTerm(result)
  const sizes = (names: readonly string[]): Dims => names.map((letter) => letters.get(letter) ?? null)
  if (rest === null) return null
  return [...sizes(before), ...(hasRest ? rest : []), ...sizes(after)]
}

/** A number says more than an unknown size. */
function note(letters: Map<string, SymbolicSize>, letter: string, size: SymbolicSize): void {
  const known = letters.get(letter) ?? null
  if (known === null || (typeof known !== 'number' && typeof size === 'number' && mayEqual(known, size))) {
    letters.set(letter, size)
  }
}
