import * as batch from '../batch/rules'
import { small, square } from '../optimise/compose/arithmetic'
import * as shapes from '../shapes/families/elementwise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'elementwise', batch: batch.aligned } as const
const ofOne = { ...common, takes: 'x', shape: shapes.unary() } as const

/** Operations on each number by itself. */
export const mathOps = table<OpSpec>({
  Abs: {
    trains: [0, 1],
    ...ofOne,
    shape: shapes.unary(Math.abs),
    compose: small,
    foldable: true,
    ofNumber: Math.abs,
    sentence: 'absolute',
  },
  Acos: ofOne,
  Acosh: ofOne,
  Asin: ofOne,
  Asinh: ofOne,
  Atan: ofOne,
  Atanh: ofOne,
  Ceil: { ...ofOne, shape: shapes.unary(Math.ceil), foldable: true, ofNumber: Math.ceil, sentence: 'ceil' },
  Cos: { ...ofOne, foldable: true, sentence: 'cos' },
  Cosh: ofOne,
  Digamma: ofOne,
  Erf: { trains: [0, 1], ...ofOne, sentence: 'erf' },
  Erfc: ofOne,
  Exp: { trains: [0, 1], ...ofOne, foldable: true, anyLayout: true, ofNumber: Math.exp, sentence: 'exp' },
  Expm1: { ...ofOne, foldable: true },
  Floor: { ...ofOne, shape: shapes.unary(Math.floor), foldable: true, ofNumber: Math.floor, sentence: 'floor' },
  Inv: { ...ofOne, ofNumber: (x) => 1 / x, today: 'Reciprocal' },
  Invert: ofOne,
  Lgamma: ofOne,
  Log: { trains: [0, 1], ...ofOne, foldable: true, ofNumber: Math.log, sentence: 'log' },
  Log1p: { trains: [0, 1], ...ofOne, foldable: true, ofNumber: Math.log1p },
  Neg: {
    trains: [0, 1],
    ...ofOne,
    shape: shapes.unary((a) => -a),
    compose: small,
    foldable: true,
    anyLayout: true,
    onPicture: 'computes',
    ofNumber: (x) => -x,
    sentence: 'neg',
  },
  Reciprocal: { trains: [0, 1], ...ofOne, foldable: true, ofNumber: (x) => 1 / x, sentence: 'reciprocal' },
  Rint: ofOne,
  Round: { ...ofOne, foldable: true, sentence: 'round' },
  Rsqrt: {
    trains: [0, 1],
    ...ofOne,
    foldable: true,
    anyLayout: true,
    ofNumber: (x) => 1 / Math.sqrt(x),
    sentence: 'rsqrt',
  },
  Sign: { ...ofOne, foldable: true, sentence: 'sign' },
  Sin: { ...ofOne, foldable: true, sentence: 'sin' },
  Sinh: ofOne,
  Sqrt: {
    trains: [0, 1],
    ...ofOne,
    shape: shapes.unary(Math.sqrt),
    foldable: true,
    anyLayout: true,
    ofNumber: Math.sqrt,
    sentence: 'sqrt',
  },
  Square: {
    trains: [0, 1],
    ...ofOne,
    shape: shapes.unary((a) => a * a),
    compose: square,
    foldable: true,
    anyLayout: true,
    ofNumber: (x) => x * x,
    sentence: 'square',
  },
  Tan: { ...ofOne, sentence: 'tan' },
  ClipByValue: {
    trains: [0, 1],
    ...common,
    takes: 't clip_value_min clip_value_max',
    shape: shapes.unary(),
    onPicture: 'passes',
    sentence: 'clip-by-value',
  },
})
