import { describe, expect, it } from 'vitest'
import { openModel } from '../../formats'
import { frozenFiles } from '../../formats/frozen/testing/fixtures'
import { quiet } from '../../formats/testing/files'
import { ownClassifier } from './classifier'
import type { ReadModel } from '../../formats/types'
import { GraphBuilder, intOf } from '../../graph/testing/build'
import { analyse, toOpened } from './analyse'
import { preparationOf } from './input-preparation'

const go = (): Promise<void> => Promise.resolve()

describe('a graph that begins with an encoded picture', () => {
  it('takes pictures where they are resized, as bytes, since it scales them itself', async () => {
    const model = await analyse(await openModel(frozenFiles('retrained'), quiet), go)
    const opened = toOpened(model)
    expect(opened.image).toEqual({ shape: [1, 33, 33, 3], dtype: 'float32' })
    expect(opened.preprocessing).toMatchObject({ input: 'ResizeBilinear:0', width: 33, height: 33, range: '0to255' })
    expect([opened.preprocessingBasis, opened.preprocessingKnown]).toEqual(['graph', true])
    // What comes before is neither asked for nor held against it.
    expect([opened.otherInputs, opened.blocked]).toEqual([[], []])
    expect(model.cuts.verdicts.get('DecodeJpeg:0')?.why).toContain('made ready before they go in')
    expect(model.cuts.verdicts.get('pool_3/_reshape:0')?.canCut).toBe(true)
  })

  it('names pictures with the labels it was retrained on, through the layer between', async () => {
    const model = await analyse(await openModel(frozenFiles('retrained'), quiet), go)
    expect(ownClassifier(model)).toEqual({ cut: ['final_result:0'], labels: ['bags', 'dress', 'pants', 'shoes'] })
    expect(model.cuts.verdicts.get('final_result:0')?.canCut).toBe(true)
  })
})

/** A network by the name of VGG, with or without steps of its own before the first convolution. */
function vgg({ slice, mean }: { slice?: readonly number[]; mean?: readonly number[] }): ReadModel {
  const build = new GraphBuilder()
  let tensor = build.input('image', [null, 8, 8, 3])
  if (slice) {
    for (const name of ['begin', 'end']) build.constant(name, [slice.length], [0, 0])
    build.constant('strides', [slice.length], slice)
    const masks = { begin_mask: intOf(2), end_mask: intOf(2), ellipsis_mask: intOf(1) }
    tensor = build.node('StridedSlice', 'turned', [tensor, 'begin', 'end', 'strides'], masks)
  }
  if (mean) {
    build.constant('mean', [mean.length])
    tensor = build.node('Sub', 'centred', [tensor, 'mean'])
  }
  build.constant('kernel', [3, 3, 3, 4])
  build.node('Conv2D', 'block5_conv3', [tensor, 'kernel'])
  return {
    name: 'vgg16',
    format: 'saved-model',
    graph: build.graph('block5_conv3'),
    weights: {
      raw: () => Promise.reject(new Error('not asked')),
      values: () => Promise.resolve(Float32Array.from(mean ?? [])),
    },
    bytes: 0,
    labels: null,
    preprocessing: null,
    warnings: [],
  }
}

async function prepared(read: ReadModel): Promise<unknown[]> {
  const info = { shape: [null, 8, 8, 3], dtype: 'float32' } as const
  const { range, order, basis } = await preparationOf({ read, graph: read.graph, info, image: 'image:0' })
  return [range, order, basis]
}

describe('the convention of a family', () => {
  const bgr = [103.939, 116.779, 123.68]

  it('holds where the network takes pictures as they are', async () => {
    expect(await prepared(vgg({}))).toEqual(['caffe', 'bgr', 'convention'])
    // It turns the colours round itself, and the means are left to whoever gives it pictures.
    expect(await prepared(vgg({ slice: [1, -1] }))).toEqual(['caffe', 'rgb', 'convention'])
  })

  it('does not where the network prepares them itself', async () => {
    expect(await prepared(vgg({ slice: [1, -1], mean: bgr }))).toEqual(['0to255', 'rgb', 'graph'])
    // Of arithmetic that makes no sense, and of steps that cannot be followed, nothing is known.
    expect(await prepared(vgg({ mean: [1, 2, 3, 4] }))).toEqual(['0to1', 'rgb', 'assumed'])
    expect(await prepared(vgg({ slice: [1, -2], mean: bgr }))).toEqual(['0to1', 'rgb', 'assumed'])
  })
})
