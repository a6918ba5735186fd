import { expect, it } from 'vitest'
import type { GraftedHead } from '../graft/graft'
import { inferShapes } from '../shapes'
import { classifier } from '../testing/networks'
import type { WeightStore } from '../types'
import { findTailWithHead } from './with-head'

const none: WeightStore = {
  raw: () => Promise.reject(new Error('no values')),
  values: () => Promise.reject(new Error('no values')),
}
const dense = { kind: 'dense', kernel: new Float32Array(12), bias: new Float32Array(3), outputs: 3 } as const
const head: GraftedHead = { pool: 'average', layers: [{ ...dense, activation: 'softmax' }] }

it('ends at the logits of the head, which learns with the tail', async () => {
  const graph = classifier(1)
  const source = { graph, weights: none, image: 'image:0' }
  const ends = { freeze: 'conv:0', cuts: ['branch:0'] }
  const { found } = await findTailWithHead(source, inferShapes(graph), ends, head)
  expect(found?.tail.output).toBe('head/dense/BiasAdd:0')
  expect(found?.tail.trained.map(({ id }) => id)).toEqual(['branch/kernel', 'head/dense/kernel', 'head/dense/bias'])
  expect([...(found?.head ?? [])]).toEqual(['head/dense/kernel', 'head/dense/bias'])
  expect(found?.tail.parameters).toBe(3 * 3 * 4 * 4 + 12 + 3)
  expect(await found?.tail.weights.values('head/dense/kernel')).toBe(dense.kernel)
})

it('leaves what a head has beside its dense layers as it is', async () => {
  const graph = classifier()
  const source = { graph, weights: none, image: null }
  const [mean, scale] = [new Float32Array(4), new Float32Array(4)]
  const standardised: GraftedHead = { ...head, layers: [{ kind: 'standardise', mean, scale }, ...head.layers] }
  const { found } = await findTailWithHead(
    source,
    inferShapes(graph),
    { freeze: 'stem:0', cuts: ['sum:0'] },
    standardised,
  )
  expect([...(found?.head ?? [])].map((id) => id.split('/').at(-1))).toEqual(['kernel', 'bias'])
})

it('tells why there is none', async () => {
  const graph = classifier()
  const source = { graph, weights: none, image: null }
  const { refusal } = await findTailWithHead(source, inferShapes(graph), { freeze: 'branch:0', cuts: ['sum:0'] }, head)
  expect(refusal).toEqual({ code: 'goes-round', tensor: 'stem:0' })
})
