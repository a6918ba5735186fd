import { table } from '../table'
/**
 * Old ops, and ops that only check or mark, with the op of today that takes the same inputs and attributes and computes
 * the same.
 * Source: TensorFlow's op definitions (`deprecated`), https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/ops
 */
export const renamed = table<string>({
  BatchMatMulV3: 'BatchMatMulV2',
  BatchMatrixBandPart: 'MatrixBandPart',
  BiasAddV1: 'BiasAdd',
  CheckNumerics: 'Identity',
  CheckNumericsV2: 'Identity',
  DebugGradientIdentity: 'Identity',
  DebugIdentity: 'Identity',
  Inv: 'Reciprocal',
  PlaceholderV2: 'Placeholder',
  PreventGradient: 'Identity',
  RefEnter: 'Enter',
  RefExit: 'Exit',
  RefIdentity: 'Identity',
  RefMerge: 'Merge',
  RefNextIteration: 'NextIteration',
  RefSwitch: 'Switch',
})
