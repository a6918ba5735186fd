import { describe, expect, it } from 'vitest'
import { firstNorm } from './norm'
import { picturePath } from './path'
import { indexGraph } from '../lookup/graph-index'
import { GraphBuilder } from '../testing/build'

describe('firstNorm', () => {
  it('finds a norm that is one operation, behind a bias', () => {
    const build = new GraphBuilder()
    build.input('image', [null, 8, 8, 3])
    for (const name of ['bias', 'gamma', 'beta', 'mean', 'variance']) build.constant(name, [4])
    build.constant('kernel', [3, 3, 3, 4])
    build.node('Conv2D', 'conv', ['image', 'kernel'])
    build.node('BiasAdd', 'biased', ['conv', 'bias'])
    build.node('FusedBatchNormV3', 'norm', ['biased', 'gamma', 'beta', 'mean', 'variance'])
    expect(normOf(build)).toEqual({ input: 'biased:0', mean: 'mean:0', variance: 'variance:0' })
  })

  it('finds one that is spelled out', () => {
    const build = new GraphBuilder()
    build.input('image', [null, 8, 8, 3])
    for (const name of ['gamma', 'beta', 'mean', 'variance']) build.constant(name, [4])
    build.constant('epsilon', [])
    build.constant('kernel', [3, 3, 3, 4])
    build.node('Conv2D', 'conv', ['image', 'kernel'])
    build.node('Add', 'add', ['variance', 'epsilon'])
    build.node('Rsqrt', 'rsqrt', ['add'])
    build.node('Mul', 'mul', ['rsqrt', 'gamma'])
    build.node('Mul', 'mul_1', ['conv', 'mul'])
    build.node('Mul', 'mul_2', ['mean', 'mul'])
    build.node('Sub', 'sub', ['beta', 'mul_2'])
    build.node('Add', 'add_1', ['mul_1', 'sub'])
    expect(normOf(build)).toEqual({ input: 'conv:0', mean: 'mean:0', variance: 'variance:0' })
  })

  it('finds none where it was folded away', () => {
    const build = new GraphBuilder()
    build.input('image', [null, 8, 8, 3])
    build.constant('kernel', [3, 3, 3, 4])
    build.constant('bias', [4])
    build.node('Conv2D', 'conv', ['image', 'kernel'])
    build.node('BiasAdd', 'biased', ['conv', 'bias'])
    build.node('Relu', 'relu', ['biased'])
    expect(normOf(build)).toBeNull()
  })
})

function normOf(build: GraphBuilder) {
  const index = indexGraph(build.graph())
  const path = picturePath(index, 'image:0')
  return path && firstNorm(index, path)
}
