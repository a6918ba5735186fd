import { describe, expect, it } from 'vitest'
import { findInputs } from './input'
import { innerImage, type InnerImage } from './start'
import { inferShapes } from '../shapes'
import { dtypeOf, GraphBuilder, intsOf, stringOf } from '../testing/build'

const convolution = { T: dtypeOf('float32'), strides: intsOf(1, 2, 2, 1), padding: stringOf('VALID') }

function inner(build: GraphBuilder): InnerImage | null {
  const graph = build.graph('conv')
  return innerImage(graph, inferShapes(graph))
}

/** The graph that old image retraining began with. */
function retrained(): GraphBuilder {
  const build = new GraphBuilder()
  build.input('DecodeJpeg/contents', [], 'string')
  build.node('DecodeJpeg', 'DecodeJpeg', ['DecodeJpeg/contents'])
  build.node('Cast', 'Cast', ['DecodeJpeg'], { SrcT: dtypeOf('uint8'), DstT: dtypeOf('float32') })
  build.constant('ExpandDims/dim', [], [0])
  build.node('ExpandDims', 'ExpandDims', ['Cast', 'ExpandDims/dim'], { T: dtypeOf('float32') })
  build.constant('ResizeBilinear/size', [2], [299, 299])
  build.node('ResizeBilinear', 'ResizeBilinear', ['ExpandDims', 'ResizeBilinear/size'])
  build.constant('Sub/y', [])
  build.node('Sub', 'Sub', ['ResizeBilinear', 'Sub/y'], { T: dtypeOf('float32') })
  build.constant('Mul/y', [])
  build.node('Mul', 'Mul', ['Sub', 'Mul/y'], { T: dtypeOf('float32') })
  build.constant('kernel', [3, 3, 3, 8])
  build.node('Conv2D', 'conv', ['Mul', 'kernel'], convolution)
  return build
}

describe('innerImage', () => {
  it('takes pictures behind decoding and resizing', () => {
    const found = inner(retrained())
    expect(found?.image).toBe('ResizeBilinear:0')
    expect([...(found?.before ?? [])].sort()).toEqual(['Cast', 'DecodeJpeg', 'DecodeJpeg/contents', 'ExpandDims'])
    const graph = found?.graph ?? new GraphBuilder().graph()
    expect(graph.inputs).toEqual([
      { key: 'ResizeBilinear', tensor: 'ResizeBilinear:0', dtype: 'float32', shape: [1, 299, 299, 3] },
    ])
    const infos = inferShapes(graph)
    expect(findInputs(graph, infos).image).toBe('ResizeBilinear:0')
    expect(infos.get('conv:0')?.shape).toEqual([1, 149, 149, 8])
    expect(infos.get('DecodeJpeg:0')?.dtype).toBe('uint8')
    expect(graph.nodes.map((node) => node.name)).toEqual(
      retrained()
        .graph()
        .nodes.map((node) => node.name),
    )
  })

  it('takes them where the batch begins, if nothing is resized', () => {
    const build = new GraphBuilder()
    build.input('picture', [null, null, 3], 'uint8')
    build.node('Cast', 'Cast', ['picture'], { SrcT: dtypeOf('uint8'), DstT: dtypeOf('float32') })
    build.constant('dim', [], [0])
    build.node('ExpandDims', 'ExpandDims', ['Cast', 'dim'], { T: dtypeOf('float32') })
    build.constant('kernel', [3, 3, 3, 8])
    build.node('Conv2D', 'conv', ['ExpandDims', 'kernel'], convolution)
    const found = inner(build)
    expect(found?.image).toBe('ExpandDims:0')
    expect(found?.graph.inputs[0].shape).toEqual([1, null, null, 3])
  })

  it('takes an input of unknown shape that a convolution takes', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.constant('kernel', [3, 3, 3, 8])
    build.node('Conv2D', 'conv', ['x', 'kernel'], convolution)
    const found = inner(build)
    expect(found?.image).toBe('x:0')
    expect(found?.graph.inputs).toEqual([{ key: 'x', tensor: 'x:0', dtype: 'float32', shape: [null, null, null, 3] }])
  })

  it('finds none where the first convolution takes no pictures', () => {
    const build = new GraphBuilder()
    build.input('sound', [null, 100])
    build.node('Softmax', 'features', ['sound'])
    build.constant('kernel', [3, 3, 7, 8])
    build.node('Conv2D', 'conv', ['features', 'kernel'], convolution)
    expect(inner(build)).toBeNull()
  })
})
