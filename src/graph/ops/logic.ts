import * as batch from '../batch/rules'
import { select } from '../optimise/compose/shaping'
import { arithmetic } from '../shapes/arithmetic'
import * as shapes from '../shapes/families/elementwise'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'elementwise', batch: batch.aligned } as const
const test = { ...common, takes: 'x', shape: shapes.test } as const
const comparison = { ...common, takes: 'x y', shape: shapes.binary(undefined, 'bool') } as const

/** Comparisons, truth, and choices by it. */
export const logicOps = table<OpSpec>({
  IsFinite: test,
  IsInf: test,
  IsNan: test,
  LogicalNot: {
    ...common,
    takes: 'x',
    shape: shapes.unary((a) => Number(a === 0)),
    foldable: true,
    sentence: 'logical-not',
  },
  ApproximateEqual: comparison,
  Equal: { ...comparison, shape: shapes.binary(arithmetic.equal, 'bool'), foldable: true, sentence: 'equal' },
  Greater: { ...comparison, shape: shapes.binary(arithmetic.greater, 'bool'), foldable: true, sentence: 'greater' },
  GreaterEqual: {
    ...comparison,
    shape: shapes.binary(arithmetic.greaterEqual, 'bool'),
    foldable: true,
    sentence: 'greater-equal',
  },
  Less: { ...comparison, shape: shapes.binary(arithmetic.less, 'bool'), foldable: true, sentence: 'less' },
  LessEqual: {
    ...comparison,
    shape: shapes.binary(arithmetic.lessEqual, 'bool'),
    foldable: true,
    sentence: 'less-equal',
  },
  LogicalAnd: { ...comparison, shape: shapes.binary(arithmetic.and, 'bool'), foldable: true, sentence: 'logical-and' },
  LogicalOr: { ...comparison, shape: shapes.binary(arithmetic.or, 'bool'), foldable: true, sentence: 'logical-or' },
  NotEqual: { ...comparison, shape: shapes.binary(arithmetic.notEqual, 'bool'), foldable: true, sentence: 'not-equal' },
  Select: {
    ...common,
    takes: 'condition t e',
    shape: shapes.select,
    compose: select,
    sameSizes: true,
    foldable: true,
    sentence: 'select',
  },
  SelectV2: { ...common, takes: 'condition t e', shape: shapes.selectV2, foldable: true, sentence: 'select' },
})
