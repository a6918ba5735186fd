import * as batch from '../batch/rules'
import { div, floorDiv, floorMod, mod, small } from '../optimise/compose/arithmetic'
import { arithmetic } from '../shapes/arithmetic'
import * as shapes from '../shapes/families/elementwise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'elementwise', batch: batch.aligned } as const
const ofTwo = { ...common, takes: 'x y', shape: shapes.binary() } as const

const add = {
  ...ofTwo,
  shape: shapes.binary(arithmetic.add),
  compose: small,
  foldable: true,
  anyLayout: true,
  onPicture: 'computes',
  ofNumbers: (x, y) => x + y,
  sentence: 'add',
} satisfies OpSpec

/** Arithmetic of two or more tensors, element by element. */
export const arithmeticOps = table<OpSpec>({
  Add: add,
  AddV2: { ...add, title: 'Add' },
  BitwiseAnd: ofTwo,
  BitwiseOr: ofTwo,
  BitwiseXor: ofTwo,
  Div: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.truncateDivide),
    compose: div,
    foldable: true,
    onPicture: 'computes',
    ofNumbers: (x, y) => x / y,
    sentence: 'div',
  },
  DivNoNan: { ...ofTwo, sentence: 'div-no-nan' },
  FloorDiv: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.floorDivide),
    compose: floorDiv,
    foldable: true,
    sentence: 'floor-div',
  },
  FloorMod: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.floorRemainder),
    compose: floorMod,
    foldable: true,
    sentence: 'floor-mod',
  },
  LeftShift: ofTwo,
  Maximum: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.maximum),
    foldable: true,
    anyLayout: true,
    onPicture: 'bounds',
    ofNumbers: Math.max,
    sentence: 'maximum',
  },
  Minimum: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.minimum),
    foldable: true,
    anyLayout: true,
    onPicture: 'bounds',
    ofNumbers: Math.min,
    sentence: 'minimum',
  },
  Mod: { ...ofTwo, shape: shapes.binary(arithmetic.remainder), compose: mod, sentence: 'mod' },
  Mul: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.multiply),
    compose: small,
    foldable: true,
    anyLayout: true,
    onPicture: 'computes',
    ofNumbers: (x, y) => x * y,
    sentence: 'mul',
  },
  MulNoNan: ofTwo,
  Pow: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.power),
    foldable: true,
    ofNumbers: Math.pow,
    sentence: 'pow',
  },
  RealDiv: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.divide),
    foldable: true,
    anyLayout: true,
    onPicture: 'computes',
    ofNumbers: (x, y) => x / y,
    title: 'Div',
    sentence: 'div',
  },
  RightShift: ofTwo,
  SquaredDifference: { ...ofTwo, foldable: true, ofNumbers: (x, y) => (x - y) ** 2, sentence: 'squared-difference' },
  Sub: {
    ...ofTwo,
    shape: shapes.binary(arithmetic.subtract),
    compose: small,
    foldable: true,
    anyLayout: true,
    onPicture: 'computes',
    ofNumbers: (x, y) => x - y,
    sentence: 'sub',
  },
  TruncateDiv: { ...ofTwo, shape: shapes.binary(arithmetic.truncateDivide) },
  TruncateMod: ofTwo,
  Xdivy: ofTwo,
  Xlog1py: ofTwo,
  Xlogy: ofTwo,
  AddN: {
    ...common,
    takes: 'inputs…',
    shape: shapes.addN,
    compose: small,
    sameSizes: true,
    foldable: true,
    anyLayout: true,
    sentence: 'add-n',
  },
  BiasAdd: {
    ...common,
    takes: 'value bias',
    shape: shapes.unary(),
    laidOut: 0,
    onPicture: 'computes',
    sentence: 'bias-add',
  },
  BiasAddV1: { ...common, takes: 'value bias', shape: shapes.unary(), today: 'BiasAdd' },
  Atan2: { ...common, takes: 'y x', shape: shapes.binary(), sentence: 'angle' },
  BroadcastArgs: { ...common, category: 'shape', takes: 's0 s1', shape: shapes.broadcastArgs },
})
