import { boolAttribute, floatAttribute, intAttribute } from '../../lookup/attributes'
import { typed, type Compose, type Composition } from './types'

/**
 * Rounds to the steps that 2 to 16 bits have between two ends, which are moved so that zero is one of the steps.
 * Source: tensorflow/core/kernels/fake_quant_ops_functor.h, https://github.com/tensorflow/tensorflow.
 */
function fakeQuant(made: Composition, low: string, high: string): boolean {
  const float = typed('float32')
  const { node } = made
  const [value] = node.inputs
  const op = (part: string, kind: string, ...inputs: string[]): string => made.add(part, kind, inputs, float)
  const least = boolAttribute(node, 'narrow_range', false) ? 1 : 0
  const most = 2 ** intAttribute(node, 'num_bits', 8) - 1
  const [first, last] = [made.float('first', least), made.float('last', most)]
  const half = made.float('half', 0.5)
  const scale = op('scale', 'RealDiv', op('width', 'Sub', high, low), made.float('steps', most - least))
  // Where both ends are zero so is the scale, and all that comes out.
  const zero = op('zero', 'Sub', first, op('low_steps', 'DivNoNan', low, scale))
  const within = op('zero_within', 'Minimum', op('zero_from_first', 'Maximum', zero, first), last)
  const zeroPoint = op('zero_point', 'Floor', op('zero_and_half', 'AddV2', within, half))
  const nudgedLow = op('nudged_low', 'Mul', op('first_from_zero', 'Sub', first, zeroPoint), scale)
  const nudgedHigh = op('nudged_high', 'Mul', op('last_from_zero', 'Sub', last, zeroPoint), scale)
  const inverse = op('inverse', 'DivNoNan', made.float('one', 1), scale)
  const lowSteps = op('nudged_steps', 'Mul', op('minus_low', 'Neg', nudgedLow), inverse)
  const quantisedZero = op('quantised_zero', 'Floor', op('nudged_and_half', 'AddV2', lowSteps, half))
  const clamped = op('clamped', 'Maximum', op('from_above', 'Minimum', value, nudgedHigh), nudgedLow)
  const steps = op('value_steps', 'Mul', op('shifted', 'Sub', clamped, nudgedLow), inverse)
  const fromZero = op('from_zero', 'AddV2', op('minus_zero', 'Sub', steps, quantisedZero), half)
  made.finish('Mul', [op('rounded', 'Floor', fromZero), scale], float)
  return true
}

/** The ends are tensors. */
export const byInputs: Compose = (made) => fakeQuant(made, made.node.inputs[1], made.node.inputs[2])

/** The ends are attributes. */
export const byAttributes: Compose = (made) => {
  const end = (name: 'min' | 'max', fallback: number): string =>
    made.float(name, floatAttribute(made.node, name, fallback))
  return fakeQuant(made, end('min', -6), end('max', 6))
}
