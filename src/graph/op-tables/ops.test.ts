import { describe, expect, it } from 'vitest'
import { inputName, inputNames, opCategory, opSentence, outputCount } from './ops'
import { knownOps, opOf } from '../ops'
import { dtypeOf, intOf, stringsOf } from '../testing/build'
import type { Attributes, GraphNode } from '../types'

function node(op: string, attributes: Attributes = {}, inputs: readonly string[] = []): GraphNode {
  return { name: 'node', op, inputs, controlInputs: [], attributes }
}

describe('outputCount', () => {
  it.each([
    ['Conv2D', 1],
    ['NoOp', 0],
    ['TopKV2', 2],
    ['Switch', 2],
    ['Merge', 2],
    ['NonMaxSuppressionV3', 1],
    ['NonMaxSuppressionV4', 2],
    ['NonMaxSuppressionV5', 3],
    ['FusedBatchNorm', 5],
    ['FusedBatchNormV3', 6],
    ['SomethingNew', 1],
  ])('%s has %i', (op, count) => {
    expect(outputCount(node(op))).toBe(count)
  })

  it('is read from the attributes of ops that vary', () => {
    const two = { kind: 'list', items: [dtypeOf('float32'), dtypeOf('int32')] } as const
    expect(outputCount(node('Split', { num_split: intOf(3) }))).toBe(3)
    expect(outputCount(node('Unpack', { num: intOf(0) }))).toBe(0)
    expect(outputCount(node('ShapeN', { N: intOf(4) }))).toBe(4)
    expect(outputCount(node('IdentityN', { T: two }))).toBe(2)
    expect(outputCount(node('StatelessWhile', { T: two }))).toBe(2)
    expect(outputCount(node('PartitionedCall', { Tout: two }))).toBe(2)
    expect(outputCount(node('If', { Tout: { kind: 'list', items: [] } }))).toBe(0)
    expect(outputCount(node('RaggedGather', { OUTPUT_RAGGED_RANK: intOf(2) }))).toBe(3)
  })

  it('keeps within reason where a damaged file asks for billions', () => {
    expect(outputCount(node('Split', { num_split: intOf(4e9) }))).toBeLessThan(100_000)
    expect(outputCount(node('Split', { num_split: intOf(-3) }))).toBe(0)
  })
})

describe('what is said of ops', () => {
  it('puts them into categories', () => {
    expect(opCategory('_FusedConv2D')).toBe('convolution')
    expect(opCategory('FusedBatchNormV3')).toBe('normalisation')
    expect(opCategory('Relu6')).toBe('activation')
    expect(opCategory('Placeholder')).toBe('input')
    expect(opCategory('SomethingNew')).toBe('other')
  })

  it('has the code of a sentence on the common ones', () => {
    expect(opSentence('Relu')).toBe('relu')
    expect(opSentence('SomethingNew')).toBeNull()
  })

  it('names arguments', () => {
    expect(inputNames('Conv2D')).toEqual(['input', 'filter'])
    expect(inputNames('FusedBatchNormV3')).toEqual(['x', 'scale', 'offset', 'mean', 'variance'])
    expect(inputNames('SomethingNew')).toEqual([])
  })

  it('names the argument of each input where one takes many', () => {
    const concat = node('ConcatV2', {}, ['a:0', 'b:0', 'c:0', 'axis:0'])
    expect([0, 1, 2, 3, 4].map((i) => inputName(concat, i))).toEqual(['values 0', 'values 1', 'values 2', 'axis', null])
    const fused = node('_FusedConv2D', {}, ['x:0', 'kernel:0', 'bias:0'])
    expect([0, 1, 2].map((i) => inputName(fused, i))).toEqual(['input', 'filter', 'args 0'])
    const ops = stringsOf('BiasAdd', 'Prelu')
    const told = node('_FusedConv2D', { fused_ops: ops }, ['x:0', 'kernel:0', 'bias:0', 'alpha:0'])
    expect([1, 2, 3].map((i) => inputName(told, i))).toEqual(['filter', 'bias', 'alpha'])
    expect(inputName(node('SomethingNew', {}, ['a:0']), 0)).toBeNull()
  })

  it('knows the arguments of every op that has a rule for shapes', () => {
    const takesNothing = [
      'VarHandleOp',
      'VariableV2',
      'Variable',
      'HashTable',
      'HashTableV2',
      'MutableHashTableV2',
      'Ones',
      'Zeros',
    ]
    const withRules = knownOps().filter((op) => opOf(op)?.shape !== null)
    const unnamed = withRules.filter((op) => inputNames(op).length === 0 && !takesNothing.includes(op))
    expect(unnamed).toEqual([])
  })
})
