import { expect, it } from 'vitest'
import { GraphBuilder } from '../testing/build'
import { conv, dense, pool } from '../testing/networks'
import { freezePoints } from './freeze-points'
import { pointOfLayers } from './point-of-layers'
import { loosen, tailIn } from './testing/loosened'

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
    'image:0',
  ])
})

it('end behind an operation that hands no slopes back, which is named', async () => {
  const { graph, logits } = network((build, x) => build.node('LRN', 'lrn', [x]))
  const { points, stopped } = freezePoints(await loosen(graph), logits)
  expect(points.map(({ tensor }) => tensor)).toEqual(['lrn:0', 'last:0', 'pool:0'])
  expect(stopped).toEqual({ code: 'operation', node: 'lrn', op: 'LRN', why: 'unknown' })
})

it('count what a spelled-out norm learns, as the tail from there on has it', async () => {
  const build = new GraphBuilder()
  const stem = conv(build, 'first', build.input('image', [null, 8, 8, 3]), [3, 4])
  const root = build.node('Rsqrt', 'root', [build.constant('variance', [4])])
  const scale = build.node('Mul', 'scale', [root, build.constant('gamma', [4])])
  const shift = build.node('Mul', 'shift', [build.constant('mean', [4]), scale])
  const offset = build.node('Sub', 'offset', [build.constant('beta', [4]), shift])
  const norm = build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [stem, scale]), offset])
  const end = conv(build, 'second', norm, [4, 4])
  const graph = build.graph(end)
  const { points } = freezePoints(await loosen(graph), end)
  expect(points.map(({ tensor }) => tensor)).toEqual(['image:0', 'first:0', 'scaled:0', 'norm:0'])
  for (const { tensor, parameters } of points) {
    expect((await tailIn(graph, tensor, end)).tail?.parameters, tensor).toBe(parameters)
  }
  expect(points[1].parameters).toBe(144 + 4 + 4)
})
