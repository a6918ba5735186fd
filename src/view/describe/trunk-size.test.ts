import { describe, expect, test } from 'vitest'
import { totalCost } from '../../graph/cost'
import { GraphBuilder, stringOf } from '../../graph/testing/build'
import { trunk } from '../../graph/lookup/trunk'
import { absorbedConstants } from '../../layout/testing/absorbed'
import { openedEngine, present, realModels } from '../testing/models'

describe('what a cut would keep', () => {
  test('a weight that two operations share counts once, in the trunk and in groups', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1, 4])
    const kernel = build.constant('kernel', [4, 4])
    const padding = { padding: stringOf('SAME') }
    const first = build.node('MatMul', 'one/first', [image, kernel], padding)
    const second = build.node('MatMul', 'two/second', [first, kernel], padding)
    const { engine } = await openedEngine(build.graph(build.node('Abs', 'two/last', [second])))
    const amounts = { parameters: 16, weightBytes: 64 }
    expect(await engine.preview(1, ['one/first:0'])).toEqual({
      ...{ operations: 1, ofOperations: 3, multiplyAdds: 16 },
      ...amounts,
    })
    expect(await engine.preview(1, ['two/second:0'])).toMatchObject({ operations: 2, multiplyAdds: 32, ...amounts })
    // One tensor in the other's trunk adds nothing.
    expect(await engine.preview(1, ['two/second:0', 'one/first:0'])).toEqual(await engine.preview(1, ['two/second:0']))
    expect(await engine.preview(1, ['nowhere:0'])).toBeNull()
  })

  test.each(realModels())('it is the trunk of %s and its total cost', async (_, graph) => {
    const { engine, facts } = await openedEngine(graph)
    const cuts = [...facts.verdicts].filter(([, { canCut }]) => canCut).map(([tensor]) => tensor)
    const absorbed = absorbedConstants(graph)
    const inputs = new Set(graph.nodes.filter(({ op }) => op === 'Placeholder').map(({ name }) => name))
    const isOperation = (name: string) => !absorbed.has(name) && !inputs.has(name)
    for (const share of [0, 0.2, 0.5, 0.8, 0.999]) {
      const cut = cuts[Math.floor(share * cuts.length)]
      const names = trunk(graph, [cut]).nodes.map((node) => node.name)
      const size = present(await engine.preview(1, [cut]))
      expect(size).toMatchObject(totalCost(graph, facts.costs, names))
      expect(size.operations).toBe(names.filter(isOperation).length)
      expect(size.ofOperations).toBe(graph.nodes.filter(({ name }) => isOperation(name)).length)
    }
  })
})
