import { expect, it } from 'vitest'
import { inferShapes } from '../shapes'
import { GraphBuilder, stringOf } from '../testing/build'
import { mapShapeOf } from './map-shape'

it('is that of one map of several places, by where its channels are', () => {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 3, 8, 6])
  const maps = build.node('Conv2D', 'conv', [image, build.constant('kernel', [1, 1, 3, 4])], {
    data_format: stringOf('NCHW'),
    padding: stringOf('SAME'),
    strides: { kind: 'list', items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })) },
  })
  const turned = build.node('Transpose', 'turned', [maps, build.constant('perm', [4], [0, 2, 3, 1])])
  const axes = build.constant('axes', [2], [1, 2])
  const [mean, kept] = [false, true].map((value) =>
    build.node('Mean', `mean ${value}`, [turned, axes], { keep_dims: { kind: 'bool', value } }),
  )
  const graph = build.graph(mean, kept)
  const shape = (...cuts: string[]) => mapShapeOf(graph, inferShapes(graph), cuts)
  expect(shape(maps)).toEqual({ height: 8, width: 6, channels: 4, channelsFirst: true })
  expect(shape(turned)).toEqual({ height: 8, width: 6, channels: 4, channelsFirst: false })
  expect([shape(maps, turned), shape(mean), shape(kept), shape()]).toEqual([null, null, null, null])
})
