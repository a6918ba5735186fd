import { expect, it } from 'vitest'
import { GraphBuilder } from '../testing/build'
import { conv, dense, pool } from '../testing/networks'
import { freezePoints, pointOfLayers } from './freeze-points'
import { loosen } from './testing/loosened'

/** A stem, a block with a skip connection, a convolution, a pooling and a dense layer; `odd` is put before the last one. */
function network(odd: (build: GraphBuilder, x: string) => string = (_, x) => x) {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8, 8, 3])
  const stem = build.node('Relu', 'stem', [conv(build, 'first', image, [3, 4])])
  const block = build.node('AddV2', 'block', [conv(build, 'b2', conv(build, 'b1', stem, [4, 4]), [4, 4]), stem])
  const last = conv(build, 'last', odd(build, block), [4, 6])
  const logits = dense(build, 'logits', pool(build, 'pool', last), [6, 5])
  return { graph: build.graph(logits), logits }
}

it('are the tensors that all goes through, with the layers and parameters behind each', async () => {
  const { graph, logits } = network()
  const { points, stopped } = freezePoints(await loosen(graph), logits)
  expect(stopped).toBeNull()
  const [dense, last, block, first] = [30, 30 + 216, 30 + 216 + 288, 30 + 216 + 288 + 108]
  expect(points).toEqual([
    { tensor: 'image:0', layers: 5, parameters: first },
    { tensor: 'first:0', layers: 4, parameters: block },
    { tensor: 'stem:0', layers: 4, parameters: block },
    { tensor: 'block:0', layers: 2, parameters: last },
    { tensor: 'last:0', layers: 1, parameters: dense },
    { tensor: 'pool:0', layers: 1, parameters: dense },
  ])
})

it('are found by how many layers are to learn; what cannot be parted learns together', async () => {
  const { graph, logits } = network()
  const found = freezePoints(await loosen(graph), logits)
  expect([1, 2, 3, 4, 5, 6].map((layers) => pointOfLayers(found, layers)?.tensor)).toEqual([
    'pool:0',
    'block:0',
    'stem:0',
    'stem:0',
    'image:0',
    undefined,
  ])
})

it('end behind an operation that hands no slopes back, which is named', async () => {
  const { graph, logits } = network((build, x) => build.node('LRN', 'lrn', [x]))
  const { points, stopped } = freezePoints(await loosen(graph), logits)
  expect(points.map(({ tensor }) => tensor)).toEqual(['lrn:0', 'last:0', 'pool:0'])
  expect(stopped).toEqual({ code: 'operation', node: 'lrn', op: 'LRN', why: 'unknown' })
})
