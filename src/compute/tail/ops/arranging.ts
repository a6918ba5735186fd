import { stringAttribute } from '../../../graph/lookup/attributes'
import { table } from '../../../graph/table'
import { gather, placesOf, scatter, stridesOf, type Places } from './places'
import { sizeOf, type NodeFacts, type OpSteps, type TailOp } from './types'

/** Each number of the result is one of the input, or `outside`. */
function arranged(places: Places, outside = 0): OpSteps {
  return {
    forward: (_, { inputs, output }) => gather(places, inputs[0], output, outside),
    back: [{ run: (_, __, { dy, target, accumulate }) => scatter(places, dy, target, accumulate) }],
  }
}

/** The index in the input that each index of the result has, dimension by dimension; negative where it has none. */
type Source = (axis: number, index: number) => number

function placesAlong({ inputs: [x], shape }: NodeFacts, source: Source): Places {
  const strides = stridesOf(x)
  return placesOf(shape, (axis, index) => {
    const own = source(axis, index)
    return own < 0 || own >= x[axis] ? -1 : own * strides[axis]
  })
}

const alongEach =
  (sourceOf: (facts: NodeFacts) => Source): TailOp =>
  (facts) =>
    arranged(placesAlong(facts, sourceOf(facts)))

function transpose({ inputs: [x], shape, numbers }: NodeFacts): OpSteps {
  const strides = stridesOf(x)
  const order = numbers(1)
  return arranged(placesOf(shape, (axis, index) => index * strides[order[axis]]))
}

/** What is put round is one constant. */
function pad(facts: NodeFacts): OpSteps {
  const pairs = facts.numbers(1)
  const places = placesAlong(facts, (axis, index) => index - pairs[2 * axis])
  return arranged(places, facts.node.op === 'PadV2' ? facts.scalar(2) : 0)
}

const mirrored = alongEach(({ node, inputs: [x], numbers }) => {
  const pairs = numbers(1)
  // What is mirrored begins again with the edge itself, or with what is behind it.
  const edge = stringAttribute(node, 'mode', 'REFLECT') === 'SYMMETRIC' ? 1 : 0
  return (axis, index) => {
    const own = index - pairs[2 * axis]
    if (own < 0) return -own - edge
    return own < x[axis] ? own : 2 * (x[axis] - 1) - own + edge
  }
})

const repeated = alongEach(
  ({ inputs: [x] }) =>
    (axis, index) =>
      index % x[axis],
)

const slice = alongEach(({ numbers }) => {
  const begin = numbers(1)
  return (axis, index) => begin[axis] + index
})

/** What is taken of each dimension; new ones and those that go make no difference to the order. */
function stridedSlice({ inputs: [x], taken }: NodeFacts): OpSteps {
  const strides = stridesOf(x)
  const indices = taken()
  const counts = indices.map((each) => each.length)
  return arranged(placesOf(counts, (axis, index) => indices[axis][index] * strides[axis]))
}

const split = alongEach(({ inputs: [x], shape, output, numbers }) => {
  const [along] = numbers(0)
  const own = along < 0 ? along + x.length : along
  return (axis, index) => index + (axis === own ? output * shape[own] : 0)
})

function broadcastTo({ inputs: [x], shape }: NodeFacts): OpSteps {
  const strides = stridesOf(x)
  const missing = shape.length - x.length
  return arranged(
    placesOf(shape, (axis, index) => (axis < missing || x[axis - missing] === 1 ? 0 : index * strides[axis - missing])),
  )
}

/** Side by side along one dimension: rows of each beside rows of the whole. */
function concatenation({ node, inputs, shape, numbers }: NodeFacts): OpSteps {
  const [along] = numbers(node.inputs.length - 1)
  const axis = along < 0 ? along + shape.length : along
  const rows = sizeOf(shape.slice(0, axis))
  const whole = sizeOf(shape.slice(axis))
  const widths = inputs.map((sizes) => sizeOf(sizes.slice(axis)))
  const starts = widths.map((_, place) => widths.slice(0, place).reduce((sum, width) => sum + width, 0))
  return {
    forward: (kernels, { inputs: values, output }) =>
      values.forEach((part, place) => {
        const at = { rows, columns: widths[place], from: widths[place], to: whole }
        kernels.copy(at, part, output.subarray(starts[place]), false)
      }),
    back: inputs.map((_, place) => ({
      run: (kernels, __, { dy, target, accumulate }) => {
        const at = { rows, columns: widths[place], from: whole, to: widths[place] }
        kernels.copy(at, dy.subarray(starts[place]), target, accumulate)
      },
    })),
  }
}

const same: TailOp = () => 'same'

/** One number throughout, whatever the input. */
const filled =
  (value: number): TailOp =>
  () => ({ forward: (_, { output }) => output.fill(value), back: [] })

/** What puts numbers elsewhere, or leaves them where they are. */
export const arranging = table<TailOp>({
  OnesLike: filled(1),
  ZerosLike: filled(0),
  Identity: same,
  Reshape: same,
  Squeeze: same,
  ExpandDims: same,
  Transpose: transpose,
  Pad: pad,
  PadV2: pad,
  MirrorPad: mirrored,
  Tile: repeated,
  BroadcastTo: broadcastTo,
  Slice: slice,
  StridedSlice: stridedSlice,
  Split: split,
  ConcatV2: concatenation,
})
