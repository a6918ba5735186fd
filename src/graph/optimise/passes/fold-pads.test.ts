import { describe, expect, test } from 'vitest'
import { intsOf, stringOf } from '../../testing/build'
import { foldPads } from './fold-pads'
import { NetworkBuilder, nodeOf, opsOf } from '../testing/network'

const context = { evaluate: null, image: null }
const valid = { padding: stringOf('VALID') }

function padded(sizes: readonly number[], attributes = {}, border?: number) {
  const build = new NetworkBuilder()
  const image = build.image([null, 8, 8, 3])
  const paddings = build.ints('paddings', sizes, [4, 2])
  const pad =
    border === undefined
      ? build.node('Pad', 'pad', [image, paddings])
      : build.node('PadV2', 'pad', [image, paddings, build.floats('border', [], [border])])
  return build.work(build.conv('conv', pad, [3, 3, 3, 2], { ...valid, ...attributes }))
}

describe('foldPads', () => {
  test('makes a border of zeros explicit padding', async () => {
    const work = await foldPads.run(padded([0, 0, 0, 1, 2, 1, 0, 0], {}, 0), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'Conv2D'])
    expect(nodeOf(work, 'conv')?.attributes).toMatchObject({
      padding: stringOf('EXPLICIT'),
      explicit_paddings: intsOf(0, 0, 0, 1, 2, 1, 0, 0),
    })
  })

  test('adds to explicit padding', async () => {
    const own = { padding: stringOf('EXPLICIT'), explicit_paddings: intsOf(0, 0, 1, 1, 1, 1, 0, 0) }
    const work = await foldPads.run(padded([0, 0, 1, 0, 0, 0, 0, 0], own), context)
    expect(nodeOf(work, 'conv')?.attributes.explicit_paddings).toEqual(intsOf(0, 0, 2, 1, 1, 1, 0, 0))
  })

  test('keeps a pad that something else takes, and does without it all the same', async () => {
    const work = padded([0, 0, 1, 1, 1, 1, 0, 0])
    const graph = { ...work.graph, outputs: [...work.graph.outputs, { ...work.graph.outputs[0], tensor: 'pad:0' }] }
    const folded = await foldPads.run({ ...work, graph }, context)
    expect(opsOf(folded)).toEqual(['Placeholder', 'Pad', 'Conv2D'])
    expect(nodeOf(folded, 'conv')?.inputs[0]).toBe('image:0')
  })

  test.each([
    ['a border of ones', padded([0, 0, 1, 1, 1, 1, 0, 0], {}, 1)],
    ['channels added', padded([0, 0, 1, 1, 1, 1, 0, 1])],
    ['padding that follows the size', padded([0, 0, 1, 1, 1, 1, 0, 0], { padding: stringOf('SAME') })],
    ['channels first', padded([0, 0, 1, 1, 1, 1, 0, 0], { data_format: stringOf('NCHW') })],
  ])('leaves %s alone', async (_, work) => {
    expect(await foldPads.run(work, context)).toBe(work)
  })
})
