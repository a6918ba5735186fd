import { describe, expect, test } from 'vitest'
import { foldConstants } from './fold-constants'
import { freeTheBatch } from './free-batch'
import { constantInput, NetworkBuilder, nodeOf, opsOf } from '../testing/network'
import type { Evaluate } from '../types'

/** Knows sums of vectors of two, and nothing else. */
const evaluate: Evaluate = async (graph, weights) =>
  Promise.all(
    graph.outputs.map(async ({ tensor }) => {
      const sum = async (name: string): Promise<number[]> => {
        const node = graph.nodes.find((one) => `${one.name}:0` === name)
        if (node?.weight !== undefined) return Array.from(await weights.values(node.weight), Number)
        if (node?.op !== 'Add') throw new Error(`cannot run ${node?.op ?? name}`)
        const [a, b] = await Promise.all(node.inputs.map(sum))
        return a.map((value, i) => value + b[i])
      }
      return { dtype: 'float32', shape: [2], values: Float32Array.from(await sum(tensor)) }
    }),
  )
const context = { evaluate, image: null }

describe('foldConstants', () => {
  test('puts results in the place of what depends on constants alone', async () => {
    const build = new NetworkBuilder()
    const [a, b] = [build.floats('a', [2], [1, 2]), build.floats('b', [2], [10, 20])]
    const inner = build.node('Add', 'inner', [a, b])
    const outer = build.node('Add', 'outer', [inner, a])
    const work = await foldConstants.run(
      build.work(build.node('Mul', 'out', [build.image([null, 2]), outer]), inner),
      context,
    )
    expect(opsOf(work)).toEqual(['Placeholder', 'Mul'])
    expect(await constantInput(work, 'out', 1)).toEqual([12, 24])
    expect(nodeOf(work, 'inner')?.op).toBe('Const')
  })

  test('what cannot be run stays, and the rest is folded', async () => {
    const build = new NetworkBuilder()
    const [a, b] = [build.floats('a', [2], [1, 2]), build.floats('b', [2], [10, 20])]
    const sum = build.node('Add', 'sum', [a, b])
    const out = build.node('Mul', 'out', [build.node('Exp', 'power', [a]), build.image([null, 2])])
    const work = await foldConstants.run(build.work(build.node('Add', 'both', [out, sum])), context)
    expect(opsOf(work)).toEqual(['Exp', 'Placeholder', 'Mul', 'Add'])
  })

  test.each(['RandomUniform', 'Merge', 'VarHandleOp'])('never folds %s', async (op) => {
    const build = new NetworkBuilder()
    const made = build.node(op, 'made', [build.floats('a', [2])])
    const work = build.work(build.node('Mul', 'out', [made, build.image([null, 2])]))
    expect(await foldConstants.run(work, context)).toBe(work)
  })

  test('leaves results alone that are too large to hold', async () => {
    const build = new NetworkBuilder()
    const large = build.node('Fill', 'large', [build.ints('shape', [2048, 2048]), build.floats('zero', [], [0])])
    const work = build.work(build.node('Mul', 'out', [large, build.image([null, 2048])]))
    expect(await foldConstants.run(work, context)).toBe(work)
  })
})

test('foldConstants holds no more than so much in all', async () => {
  const build = new NetworkBuilder()
  const image = build.image([null, 2 ** 20])
  const shape = build.ints('shape', [2 ** 20])
  const large = Array.from({ length: 20 }, (_, i) =>
    build.node('Fill', `large${i}`, [shape, build.floats(`z${i}`, [])]),
  )
  const filled: Evaluate = (graph) =>
    Promise.resolve(graph.outputs.map(() => ({ dtype: 'float32', shape: [2 ** 20], values: new Float32Array(1) })))
  const work = await foldConstants.run(build.work(build.node('AddN', 'out', [image, ...large])), {
    evaluate: filled,
    image: null,
  })
  expect(opsOf(work).filter((op) => op === 'Fill')).toHaveLength(4)
})

describe('freeTheBatch', () => {
  const build = new NetworkBuilder()
  const shape = build.ints('shape', [1, 4])
  const work = build.work(build.node('Reshape', 'flat', [build.image([1, 2, 2, 1]), shape]))

  test('frees what bakes in how many pictures there are', async () => {
    const freed = await freeTheBatch.run(work, { evaluate: null, image: 'image:0' })
    expect(freed.batchFree).toBe(true)
    expect(await constantInput(freed, 'flat', 1)).toEqual([-1, 4])
  })

  test('does nothing where no picture is named', () => {
    expect(freeTheBatch.run(work, { evaluate: null, image: null })).toBe(work)
  })
})
