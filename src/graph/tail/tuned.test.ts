import { expect, it } from 'vitest'
import { checkGraph } from '../check'
import { GraphBuilder, intsOf, stringOf } from '../testing/build'
import { conv } from '../testing/networks'
import { noValues, tailIn } from './testing/loosened'
import { withTrained } from './tuned'

it('has the new weights in the place of the file’s, and leaves the graph as it is', async () => {
  const build = new GraphBuilder()
  const stem = conv(build, 'first', build.input('image', [null, 8, 8, 3]), [3, 4])
  const end = conv(build, 'second', stem, [4, 4])
  const graph = build.graph(end)
  const { tail } = await tailIn(graph, stem, end)
  if (!tail) throw new Error('no tail')
  const values = new Float32Array(144)
  const trained = { from: stem, weights: [{ id: 'second/kernel', values }] }
  const found = withTrained({ graph, weights: noValues }, tail, trained)
  expect(found.graph.nodes).toBe(graph.nodes)
  expect(await found.weights.values('second/kernel')).toBe(values)
  await expect(found.weights.values('first/kernel')).rejects.toThrow('no values')
})

it('gives what the frozen part has, too, a constant of its own behind the freeze point', async () => {
  const build = new GraphBuilder()
  const attributes = { strides: intsOf(1, 1, 1, 1), padding: stringOf('SAME') }
  const kernel = build.constant('shared', [1, 1, 3, 3])
  const early = build.node('Conv2D', 'early', [build.input('image', [null, 8, 8, 3]), kernel], attributes)
  const passed = build.node('Identity', 'passed', [kernel])
  const late = build.node('Conv2D', 'late', [build.node('Relu', 'between', [early]), passed], attributes)
  const graph = build.graph(late)
  const { tail } = await tailIn(graph, early, late)
  if (!tail) throw new Error('no tail')
  const trained = { from: early, weights: [{ id: 'shared', values: new Float32Array(9) }] }
  const found = withTrained({ graph, weights: noValues }, tail, trained)
  checkGraph(found.graph)
  const kernels = ['early', 'late'].map((name) => found.graph.nodes.find((node) => node.name === name)?.inputs[1])
  expect(kernels).toEqual(['shared:0', 'shared/trained:0'])
})
