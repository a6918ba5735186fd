import * as batch from '../batch/rules'
import { cast } from '../optimise/compose/arithmetic'
import { byAttributes, byInputs } from '../optimise/compose/fake-quant'
import * as shapes from '../shapes/families/elementwise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'elementwise', batch: batch.aligned } as const
const complexPart = { ...common, takes: 'input', shape: shapes.complexPart } as const
const fakeQuantised = {
  ...common,
  takes: 'inputs min max',
  shape: shapes.unary(),
  compose: byInputs,
  handsWeightOn: true,
} as const

/** Types of numbers: casts, rounding as if in few bits, complex numbers. */
export const numberOps = table<OpSpec>({
  Cast: {
    ...common,
    takes: 'x',
    shape: shapes.cast,
    compose: cast,
    handsWeightOn: true,
    foldable: true,
    onPicture: 'passes',
    ofNumber: (x) => x,
    sentence: 'cast',
  },
  ComplexAbs: { ...common, takes: 'x', shape: shapes.complexPart },
  Angle: complexPart,
  Imag: complexPart,
  Real: complexPart,
  Conj: { ...common, takes: 'input', shape: shapes.unary() },
  FakeQuantWithMinMaxVars: { ...fakeQuantised, onPicture: 'passes', sentence: 'fake-quantise' },
  FakeQuantWithMinMaxVarsPerChannel: fakeQuantised,
  QuantizeAndDequantizeV2: { ...common, takes: 'input input_min input_max', shape: shapes.unary() },
  QuantizeAndDequantizeV4: { ...common, takes: 'input input_min input_max', shape: shapes.unary() },
  Complex: { ...common, takes: 'real imag', shape: shapes.complex },
  FakeQuantWithMinMaxArgs: {
    ...common,
    takes: 'inputs',
    shape: shapes.unary(),
    compose: byAttributes,
    onPicture: 'passes',
  },
  QuantizeAndDequantizeV3: { ...common, takes: 'input input_min input_max num_bits', shape: shapes.unary() },
  Dequantize: { ...common, takes: '', shape: null, handsWeightOn: true },
})
