import { boolAttribute, intAttribute, intsAttribute, stringAttribute } from '../lookup/attributes'
import { axisOf, common, movedTo, positive, type BatchAxis, type BatchOperands, type BatchRule } from './operands'
import { sliceAxis } from './slices'
import type { GraphNode } from '../types'

/**
 * A rule for ops that take the picture's data by one input only and leave the rows of the batch as they are; `rule` gets
 * that input's axis. What has merged with the batch goes with it.
 */
function through(input: number, rule: (axis: number, operands: BatchOperands) => number | 'lost'): BatchRule {
  return (operands) => {
    const state = operands.states[input]
    if (operands.states.some((other, position) => position !== input && other !== undefined)) return 'lost'
    if (state === undefined || state === 'folded' || state === 'lost') return state
    if (typeof state === 'number') return rule(state, operands)
    const axis = rule(state.axis, { ...operands, batch: null })
    return axis === 'lost' ? axis : movedTo(state, axis)
  }
}

/** Operands are lined up at their last dimension, as broadcasting does; also right for ops that keep the rank. */
export const aligned: BatchRule = ({ states, inputs, output }) => {
  const state = common(
    states.map((state, input) => {
      const axis = axisOf(state)
      const rank = inputs[input]?.length
      if (state === undefined || axis === null || rank === undefined || output === null) return state
      return movedTo(state, axis + output.length - rank)
    }),
  )
  return (axisOf(state) ?? 0) < 0 ? 'lost' : state
}

/** Pictures are mixed, or what counts them is gone. */
export const lost: BatchRule = () => 'lost'

/** The batch moves up by the dimensions that go before it. */
export const squeeze = through(0, (axis, { node, inputs: [input] }) => {
  const rank = input?.length ?? 0
  const named = intsAttribute(node, 'squeeze_dims', intsAttribute(node, 'axis', []))
  const axes =
    named.length > 0
      ? named.map((dimension) => positive(dimension, rank))
      : (input ?? []).flatMap((size, dimension) => (size === 1 ? [dimension] : []))
  return axes.includes(axis) ? 'lost' : axis - axes.filter((dimension) => dimension < axis).length
})

/** The batch moves down where a dimension comes before it. */
export const expandDims = through(0, (axis, { inputs: [input], constant }) => {
  const at = constant(1)?.at(0)
  if (at === undefined || !input) return 'lost'
  return positive(at, input.length + 1) <= axis ? axis + 1 : axis
})

/** The batch goes where its dimension goes. */
export const transpose = through(0, (axis, { constant }) => {
  const place = constant(1)?.indexOf(axis) ?? -1
  return place < 0 ? 'lost' : place
})

/** A new dimension comes in. */
export const pack: BatchRule = (operands) => {
  const state = common(operands.states)
  const axis = axisOf(state)
  if (axis === null) return state
  const at = positive(intAttribute(operands.node, 'axis', 0), (operands.inputs.find(Boolean)?.length ?? 0) + 1)
  return movedTo(state, at <= axis ? axis + 1 : axis)
}

/** A dimension goes. */
export const unpack = through(0, (axis, { node, inputs: [input] }) => {
  const at = positive(intAttribute(node, 'axis', 0), input?.length ?? 0)
  if (at === axis) return 'lost'
  return at < axis ? axis - 1 : axis
})

/** `dimension` is the position of the input that says along which dimension to join. */
export function concat(dimension: (inputs: number) => number): BatchRule {
  return ({ states, inputs, output, constant }) => {
    const state = common(states)
    const axis = axisOf(state)
    if (axis === null) return state
    const along = constant(dimension(inputs.length))?.at(0)
    return along === undefined || positive(along, output?.length ?? 0) === axis ? 'lost' : state
  }
}

/** `value` is cut along the dimension that another input names. */
export function split(value: number, dimension: number): BatchRule {
  return through(value, (axis, { inputs, constant }) => {
    const along = constant(dimension)?.at(0)
    return along === undefined || positive(along, inputs[value]?.length ?? 0) === axis ? 'lost' : axis
  })
}

/** Sums and the like: `keep` says whether reduced dimensions stay as 1. */
function reduction(keep: (node: GraphNode) => boolean): BatchRule {
  return through(0, (axis, { node, inputs: [input], constant }) => {
    const axes = constant(1)?.map((dimension) => positive(dimension, input?.length ?? 0))
    if (!axes || !input || axes.includes(axis)) return 'lost'
    return keep(node) ? axis : axis - axes.filter((dimension) => dimension < axis).length
  })
}

/** Sums and the like, which may keep the dimensions that they reduce. */
export const reduced = reduction((node) => boolAttribute(node, 'keep_dims', boolAttribute(node, 'keepdims', false)))

/** The same where they go. */
export const reducedToOne = reduction(() => false)

/** Rows of the left factor, or columns of the right one. */
export const matMul: BatchRule = ({ node, states: [left, right] }) => {
  if (left !== undefined && right !== undefined) return 'lost'
  const rows = boolAttribute(node, 'transpose_a', false) ? 1 : 0
  const columns = boolAttribute(node, 'transpose_b', false) ? 0 : 1
  if (left !== undefined) return axisOf(left) === rows ? movedTo(left, 0) : 'lost'
  return right !== undefined && axisOf(right) === columns ? movedTo(right, 1) : 'lost'
}

/** All dimensions but the last two are broadcast; a batch in the rows of the left factor stays there. */
export const batchMatMul: BatchRule = (operands) => {
  const { node, states, inputs, output } = operands
  const state = aligned(operands)
  const isOuter = states.every((each, input) => (axisOf(each) ?? -Infinity) < (inputs[input]?.length ?? 0) - 2)
  if (axisOf(state) === null || isOuter) return state
  const [left, right] = states
  const rows = (inputs[0]?.length ?? 0) - (boolAttribute(node, 'adj_x', false) ? 1 : 2)
  const isRows = right === undefined && left !== undefined && axisOf(left) === rows
  return isRows && output ? movedTo(left, output.length - 2) : 'lost'
}

/** A letter of the equation stands for the batch; it must come out again. Source: numpy's einsum notation. */
export const einsum: BatchRule = ({ node, states }) => {
  const [left = '', right = ''] = stringAttribute(node, 'equation', '').replaceAll(' ', '').split('->')
  const operands = left.split(',')
  const letterOf = (state: BatchAxis, input: number): string => operands[input]?.[axisOf(state) ?? -1] ?? ''
  const found = states.flatMap((state, input) => (state === undefined ? [] : [letterOf(state, input)]))
  const [letter = ''] = found
  const isOne = letter !== '' && found.every((other) => other === letter)
  if (!isOne || left.includes('.') || !right.includes(letter)) return 'lost'
  // All are in the dimension of the one letter; what merged with it must be the same.
  const state = common(states.map((each) => each && movedTo(each, 0)))
  return state === 'lost' ? state : movedTo(state, right.indexOf(letter))
}

/** Entries along one dimension, by positions that may be those of the pictures. */
export const gather: BatchRule = ({ node, states: [params, indices], inputs, constant }) => {
  if (params === 'lost' || indices === 'lost' || typeof params === 'object' || typeof indices === 'object')
    return 'lost'
  const batchDims = intAttribute(node, 'batch_dims', 0)
  if (params !== undefined && indices !== undefined) return batchDims > 0 && params === 0 && indices === 0 ? 0 : 'lost'
  const along = constant(2)?.at(0) ?? (node.op === 'Gather' ? 0 : undefined)
  if (along === undefined || !inputs[0] || !inputs[1]) return 'lost'
  const at = positive(along, inputs[0].length)
  if (typeof params === 'number') {
    if (params === at) return 'lost'
    return params < at ? params : params - 1 + inputs[1].length - batchDims
  }
  return typeof indices === 'number' ? at + indices - batchDims : 'lost'
}

/** One row of results for each row of indices. */
export const gatherNd: BatchRule = ({ states: [, indices], inputs }) =>
  indices === 0 && (inputs[1]?.length ?? 0) >= 2 ? 0 : 'lost'

/** Repeated along all dimensions but the batch. */
export const tile = through(0, (axis, { constant }) => (constant(1)?.[axis] === 1 ? axis : 'lost'))

/** Something is put round all dimensions but the batch. */
export const pad: BatchRule = through(0, (axis, { constant }) => {
  const paddings = constant(1)
  return paddings?.[2 * axis] === 0 && paddings[2 * axis + 1] === 0 ? axis : 'lost'
})

/** A block is cut out of which the batch is whole. */
export const slice = through(0, (axis, { constant, batch }) => {
  const size = constant(2)?.[axis]
  const whole = size === -1 || (batch !== null && size === batch)
  return constant(1)?.[axis] === 0 && whole ? axis : 'lost'
})

/** Ops that work along one dimension and keep all: along the batch they mix pictures. */
export const alongOne = through(0, (axis, { inputs: [input], constant }) => {
  const axes = constant(1)?.map((dimension) => positive(dimension, input?.length ?? 0))
  return !axes || axes.includes(axis) ? 'lost' : axis
})

/** A new dimension comes in for the classes. */
export const oneHot = through(0, (axis, { node }) => {
  const at = intAttribute(node, 'axis', -1)
  return at >= 0 && at <= axis ? axis + 1 : axis
})

/** Ops that take pictures by their first input and leave the batch where it is. */
export const byFirst = through(0, (axis) => axis)

/** The same by the third input. */
export const byThird = through(2, (axis) => axis)

/** Each input comes out at its own place. */
export const byPosition: BatchRule = ({ states, position }) => states[position]

/** A part is cut out of which the batch is whole. */
export const stridedSlice = through(0, (axis, operands) => sliceAxis(axis, operands))

/** Parts of each picture are packed into the batch. */
export const folded: BatchRule = ({ states: [value] }) => (value === 0 ? 'folded' : 'lost')

/** And taken out of it again. */
export const unfolded: BatchRule = ({ states: [value] }) => (value === 'folded' ? 0 : 'lost')
