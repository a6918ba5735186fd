import { expect, it } from 'vitest'
import { placesOfCuts } from './advice'

const called = (...tensors: string[]): string[] => [...placesOfCuts(tensors).values()]

it('cuts are called by what tells them apart', () => {
  expect(
    called(
      'net/stem/relu6/Relu6:0',
      'net/blocks_0/project_norm/FusedBatchNormV3:0',
      'net/blocks_1/project_norm/FusedBatchNormV3:0',
      'net/head/pool/Mean:0',
    ),
  ).toEqual(['stem', 'blocks_0', 'blocks_1', 'head'])
  expect(called('model/conv/Relu:0', 'model/conv/pool/MaxPool:0')).toEqual(['Relu', 'pool'])
  expect(called('a:0', 'a/b:0')).toEqual(['a', 'a/b'])
})

it('one alone by the end of its name, and outputs that are not the first by their number', () => {
  expect(called('net/pool/Mean:0')).toEqual(['Mean'])
  expect(called('split:0', 'split:1')).toEqual(['split', 'split:1'])
})
