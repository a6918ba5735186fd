import { describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { quiet } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import type { ReadModel } from '../formats/types'
import { dtypeOf, GraphBuilder, intsOf, stringOf } from '../graph/testing/build'
import type { DType, Graph, Shape } from '../graph/types'
import { analyse, toOpened } from './model/analyse'
import type { OpenedModel } from './model/types'

const floats = { T: dtypeOf('float32') }
const valid = (...strides: number[]) => ({ ...floats, strides: intsOf(...strides), padding: stringOf('VALID') })
const same = (...strides: number[]) => ({ ...floats, strides: intsOf(...strides), padding: stringOf('SAME') })

function read(graph: Graph): ReadModel {
  const weights = { raw: () => Promise.resolve(new Uint8Array()), values: () => Promise.resolve(new Float32Array()) }
  return {
    ...{ name: 'made', format: 'frozen', graph, weights, bytes: 0, labels: null, preprocessing: null, warnings: [] },
  }
}

const opened = async (build: GraphBuilder, output: string): Promise<OpenedModel> =>
  toOpened(await analyse(read(build.graph(output)), () => Promise.resolve()))

/** Two convolutions of stride 2, of pictures of any size. */
function begun(shape: Shape = [null, null, null, 3]): GraphBuilder {
  const build = new GraphBuilder()
  build.input('image', shape)
  build.constant('kernel', [3, 3, 3, 8])
  build.node('Conv2D', 'conv', ['image', 'kernel'], same(1, 2, 2, 1))
  build.constant('kernel2', [3, 3, 8, 16])
  build.node('Conv2D', 'conv2', ['conv', 'kernel2'], same(1, 2, 2, 1))
  return build
}

describe('a size that the file leaves out', () => {
  it('is that at which a dense layer fits what is flattened', async () => {
    const build = begun()
    build.constant('shape', [2], [-1, 6 * 6 * 16])
    build.node('Reshape', 'flat', ['conv2', 'shape'], floats)
    build.constant('dense', [6 * 6 * 16, 4])
    build.node('MatMul', 'out', ['flat', 'dense'], floats)
    expect((await opened(build, 'out')).inputSize).toEqual({ width: 24, height: 24 })
  })

  it('is that at which pooling leaves one value to be squeezed out, and nothing over', async () => {
    const build = begun()
    const window = { ...valid(1, 7, 7, 1), ksize: intsOf(1, 7, 7, 1) }
    build.node('AvgPool', 'pool', ['conv2'], window)
    build.node('Squeeze', 'out', ['pool'], { ...floats, squeeze_dims: intsOf(1, 2) })
    const { inputSize, preprocessing } = await opened(build, 'out')
    expect(inputSize).toEqual({ width: 28, height: 28 })
    expect(preprocessing).toMatchObject({ width: 28, height: 28 })
  })

  it('is asked for where a dense layer works at each place of the map', async () => {
    const build = begun()
    build.constant('shape', [2], [-1, 16])
    build.node('Reshape', 'rows', ['conv2', 'shape'], floats)
    build.constant('dense', [16, 4])
    build.node('MatMul', 'out', ['rows', 'dense'], floats)
    expect((await opened(build, 'out')).inputSize).toEqual({ width: null, height: null })
  })

  it('is asked for where any fits', async () => {
    const build = begun()
    build.constant('axes', [2], [1, 2])
    build.node('Mean', 'out', ['conv2', 'axes'], floats)
    expect(await opened(build, 'out')).toMatchObject({
      inputSize: { width: null, height: null },
      preprocessingKnown: false,
    })
  })
})

describe('a second input that takes a picture', () => {
  function pair(shape: Shape, dtype: DType = 'float32'): GraphBuilder {
    const build = begun([null, 32, 32, 3])
    build.input('other', shape, dtype)
    build.constant('axes', [2], [1, 2])
    build.node('Mean', 'first', ['conv2', 'axes'], floats)
    build.node('Mean', 'second', ['other', 'axes'], { T: dtypeOf(dtype) })
    build.node('Cast', 'cast', ['second'], { SrcT: dtypeOf(dtype), DstT: dtypeOf('float32') })
    build.constant('axis', [], [1])
    build.node('ConcatV2', 'out', ['first', 'cast', 'axis'], floats)
    return build
  }

  it('gets the same photo where it is alike', async () => {
    expect(await opened(pair([null, 32, 32, 3]), 'out')).toMatchObject({ samePicture: ['other:0'], otherInputs: [] })
  })

  it.each<[Shape, DType]>([
    [[null, 32, 32, 1], 'float32'],
    [[null, 16, 16, 3], 'float32'],
    [[null, 32, 32, 3], 'uint8'],
  ])('has a value of its own where it is %j %s', async (shape, dtype) => {
    const { samePicture, otherInputs } = await opened(pair(shape, dtype), 'out')
    expect(samePicture).toEqual([])
    expect(otherInputs).toHaveLength(1)
  })
})

it('that there is no input for pictures is said with the reason', async () => {
  const build = new GraphBuilder()
  build.input('sound', [null, 100, 7])
  build.node('Softmax', 'out', ['sound'], floats)
  expect((await opened(build, 'out')).noPicture).toMatch(/^No input takes pictures: none has the shape/)
  expect((await opened(begun([null, 8, 8, 3]), 'conv2')).noPicture).toBeNull()
})

describe('of ../shared/cases', () => {
  it.each([
    ['input-size-left-out-pool', { width: 16, height: 16 }, 'assumed'],
    ['any_size.keras', { width: null, height: null }, 'graph'],
  ])('%s', async (name, inputSize, preprocessingBasis) => {
    const files = sharedCase(name)
    if (!files) return
    const model = await analyse(await openModel(files, quiet), () => Promise.resolve())
    expect(toOpened(model)).toMatchObject({ inputSize, preprocessingBasis })
  })
})
