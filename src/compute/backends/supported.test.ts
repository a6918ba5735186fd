import '@tensorflow/tfjs-backend-cpu'
import { expect, it } from 'vitest'
import { boolOf, dtypeOf, intsOf, stringOf } from '../../graph/testing/build'
import type { Attributes, GraphNode } from '../../graph/types'
import { supportedAnywhere, unsupportedReason } from './supported'

const nodeOf = (op: string, attributes: Attributes): GraphNode => ({
  name: 'node',
  op,
  inputs: [],
  controlInputs: [],
  attributes,
})

it.each(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'])('runs no %s that is training', (op) => {
  expect(supportedAnywhere(nodeOf(op, { is_training: boolOf(true) }))).toContain('as in training')
  expect(supportedAnywhere(nodeOf(op, { is_training: boolOf(false) }))).toBeNull()
  // Graph models of TensorFlow.js may leave it out, and mean that it is not.
  expect(supportedAnywhere(nodeOf(op, {}))).toBeNull()
})

it('runs three dimensions of space only with channels last', () => {
  expect(supportedAnywhere(nodeOf('Conv3D', { data_format: stringOf('NCDHW') }))).toContain('channels last')
  expect(supportedAnywhere(nodeOf('Conv3D', { data_format: stringOf('NDHWC') }))).toBeNull()
})

it('runs a transposed convolution only without dilations, of which TensorFlow.js makes NaN', () => {
  const reason = (...dilations: number[]) =>
    supportedAnywhere(nodeOf('Conv2DBackpropInput', { dilations: intsOf(...dilations) }))
  expect(reason(1, 2, 2, 1)).toContain('without dilations')
  expect(reason(1, 1, 1, 1)).toBeNull()
  expect(supportedAnywhere(nodeOf('Conv2DBackpropInput', {}))).toBeNull()
})

it('runs no running sums and powers of bytes, which start over', () => {
  const reason = (op: string, type: 'uint8' | 'int8' | 'int32') => supportedAnywhere(nodeOf(op, { T: dtypeOf(type) }))
  expect(reason('Cumsum', 'uint8')).toContain('start over')
  expect(reason('Pow', 'int8')).toContain('int8')
  expect([reason('Cumsum', 'int32'), reason('AddV2', 'uint8')]).toEqual([null, null])
})

it('casts to no type that is not known, such as floats of 8 bits, and from none', () => {
  const reason = (name: 'SrcT' | 'DstT') => supportedAnywhere(nodeOf('Cast', { [name]: dtypeOf('unknown') }))
  expect(reason('DstT')).toContain('no numbers of its type')
  expect(reason('SrcT')).toContain('no numbers of its type')
})

it('casts to no unsigned integers of 32 bits and more', () => {
  expect(supportedAnywhere(nodeOf('Cast', { DstT: dtypeOf('uint32') }))).toContain('uint32')
  expect(supportedAnywhere(nodeOf('Cast', { DstT: dtypeOf('bfloat16') }))).toBeNull()
})

it('takes half precision for the float32 that it is computed in', () => {
  const reason = (type: 'bfloat16' | 'int32') => unsupportedReason(nodeOf('MatMul', { T: dtypeOf(type) }), 'wasm')
  expect(reason('bfloat16')).not.toContain('float32')
  expect(reason('int32')).toContain('only on float32')
})
