import { describe, expect, it } from 'vitest'
import { GraphBuilder, dtypeOf } from '../../graph/testing/build'
import type { Shape } from '../../graph/types'
import type { ReadModel } from '../../formats/types'
import { ownClassifier, requireFitting } from './classifier'
import { analyse } from './analyse'
import type { AnalysedModel } from './types'

/** A model whose outputs are inputs of these shapes beside the picture, which is all that counts here. */
function model(labels: readonly string[] | null, ...shapes: readonly Shape[]): Promise<AnalysedModel> {
  const build = new GraphBuilder()
  build.input('image', [null, 8, 8, 3])
  const outputs = shapes.map((shape, place) => {
    build.placeholder(`scores_${place}`, shape)
    return build.node('Identity', `output_${place}`, [`scores_${place}`], { T: dtypeOf('float32') })
  })
  const weights = { raw: () => Promise.reject(new Error()), values: () => Promise.reject(new Error()) }
  const read: ReadModel = {
    name: 'net',
    format: 'test',
    graph: build.graph(...outputs),
    weights,
    bytes: 0,
    labels,
    preprocessing: null,
    warnings: [],
  }
  return analyse(read, () => Promise.resolve())
}

describe('ownClassifier', () => {
  it('gives each score its label', async () => {
    const labels = ['cat', 'dog']
    expect(ownClassifier(await model(labels, [null, 2]))).toEqual({ cut: ['output_0:0'], labels })
    expect(ownClassifier(await model(labels, [null, 1, 1, 2]))?.labels).toEqual(labels)
  })

  it('looks for the output that fits', async () => {
    expect(ownClassifier(await model(['cat', 'dog'], [null, 7, 7, 2], [null, 64], [null, 2]))?.cut).toEqual([
      'output_2:0',
    ])
  })

  it('counts the background or not', async () => {
    expect(ownClassifier(await model(['cat', 'dog'], [null, 3]))?.labels).toEqual(['background', 'cat', 'dog'])
    expect(ownClassifier(await model(['background', 'cat', 'dog'], [null, 2]))?.labels).toEqual(['cat', 'dog'])
    expect(ownClassifier(await model(['mouse', 'cat', 'dog'], [null, 2]))).toBeNull()
  })

  it('is none without labels', async () => {
    expect(ownClassifier(await model(null, [null, 2]))).toBeNull()
  })
})

describe('requireFitting', () => {
  it('says how many labels there are and how many are needed', async () => {
    const opened = await model(null, [null, 10])
    expect(() => requireFitting(opened, ['cat', 'dog'], 'labels.txt')).toThrow(
      '“labels.txt” names 2 labels, but net tells 10 classes apart.',
    )
    const without = await model(null, [null, 7, 7, 2])
    expect(() => requireFitting(without, ['cat', 'dog'], 'labels.txt')).toThrow('net has no output with a score')
  })
})
