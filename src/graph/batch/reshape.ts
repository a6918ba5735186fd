import { elements, type BatchAxis, type BatchOperands } from './operands'
import { countElements, divideExactly, isSame, multiply, type Dims, type SymbolicSize } from '../shapes/size'

/**
 * Where the batch of a Reshape's input stands in its output. A reshape leaves the elements in their order, so that a step
 * from one picture to the next is as many elements before and after it; the dimension with such steps is the batch's, or
 * has merged with it.
 */
export function reshapedAxis(operands: BatchOperands): BatchAxis | undefined {
  const { states, inputSizes, outputSizes, batchSize } = operands
  const [state] = states
  if (state === undefined || state === 'folded' || state === 'lost') return state
  const step = stepOf(inputSizes(0), state)
  const found = step === null || outputSizes === null ? null : axisWithStep(outputSizes, step, batchSize)
  return found ?? (typeof state === 'number' ? byShape(state, operands) : 'lost')
}

/** Elements from one picture to the next; null where that is not known. */
function stepOf(sizes: Dims | null, state: Exclude<BatchAxis, 'folded' | 'lost'>): SymbolicSize {
  if (sizes === null) return null
  if (typeof state === 'number') return countElements(sizes.slice(state + 1))
  return multiply(countElements(sizes.slice(state.axis + 1)), state.inner)
}

function axisWithStep(sizes: Dims, step: SymbolicSize, batch: SymbolicSize): BatchAxis | null {
  const steps = sizes.map((_, axis) => countElements(sizes.slice(axis + 1)))
  const clean = sizes.findIndex((size, axis) => isSame(size, batch) && isSame(steps[axis], step))
  if (clean >= 0) return clean
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const inner = divideExactly(step, steps[axis])
    const whole = multiply(steps[axis], sizes[axis])
    if (inner !== null && divideExactly(whole, multiply(step, batch)) !== null) return { axis, inner }
  }
  return null
}

/** Where sizes are not known: the batch stays where as many elements stand before and after it as did. */
function byShape(axis: number, { inputs: [input], output, batch, stored }: BatchOperands): BatchAxis {
  if (!input || !output) return stored(1) ? 'lost' : axis
  const before = elements(input.slice(0, axis))
  const after = elements(input.slice(axis + 1))
  const at = output.findIndex(
    (size, place) =>
      (size === null || size === batch) &&
      elements(output.slice(0, place)) === before &&
      elements(output.slice(place + 1)) === after,
  )
  if (at < 0) return 'lost'
  // With sizes unknown on both sides only a shape computed while running can be trusted to keep rows apart.
  return after === null && stored(1) && output.length !== input.length ? 'lost' : at
}
