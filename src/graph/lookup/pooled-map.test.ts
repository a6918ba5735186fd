import { describe, expect, it } from 'vitest'
import { inferShapes } from '../shapes'
import { boolOf, GraphBuilder, intsOf, shapeOf, stringOf } from '../testing/build'
import { indexGraph } from './graph-index'
import { pooledMap } from './pooled-map'

/** The map behind a cut of what `make` puts behind an image of 7 × 7 places and 5 channels. */
function mapOf(
  make: (build: GraphBuilder, map: string) => string,
  shape: readonly (number | null)[] = [null, 7, 7, 5],
) {
  const build = new GraphBuilder()
  const image = build.input('image', shape)
  const cut = make(build, build.node('Relu', 'map', [image]))
  const graph = build.graph(cut)
  return pooledMap(indexGraph(graph), inferShapes(graph), cut)
}

function mean(build: GraphBuilder, map: string, axes = [1, 2], keep = false): string {
  return build.node('Mean', 'mean', [map, build.constant('axes', [axes.length], axes)], { keep_dims: boolOf(keep) })
}

interface Window {
  readonly size?: number
  readonly stride?: number
  readonly padding?: string
}

function averagePool(
  build: GraphBuilder,
  map: string,
  { size = 7, stride = 2, padding = 'VALID' }: Window = {},
): string {
  return build.node('AvgPool', 'pool', [map], {
    ksize: intsOf(1, size, size, 1),
    strides: intsOf(1, stride, stride, 1),
    padding: stringOf(padding),
  })
}

const squeezed = (build: GraphBuilder, value: string): string =>
  build.node('Squeeze', 'squeeze', [value], { squeeze_dims: intsOf(1, 2) })

function reshaped(build: GraphBuilder, value: string, shape: readonly number[]): string {
  return build.node('Reshape', 'reshape', [value, build.constant('shape', [shape.length], shape)])
}

describe('the map that a cut pools', () => {
  it('is found behind a mean over space, as Keras and TensorFlow Hub write it', () => {
    expect(mapOf((build, map) => mean(build, map))).toBe('map:0')
    expect(mapOf((build, map) => mean(build, map, [1, 2], true))).toBe('map:0')
    expect(mapOf((build, map) => mean(build, map, [-2, -3]))).toBe('map:0')
    expect(mapOf((build, map) => squeezed(build, mean(build, map, [1, 2], true)))).toBe('map:0')
    expect(mapOf((build, map) => mean(build, map), [null, null, null, 5])).toBe('map:0')
  })

  it('is found behind an average pooling of the whole map and what changes only its form', () => {
    expect(mapOf((build, map) => squeezed(build, averagePool(build, map)))).toBe('map:0')
    expect(mapOf((build, map) => averagePool(build, map))).toBe('map:0')
    expect(mapOf((build, map) => reshaped(build, averagePool(build, map), [-1, 5]))).toBe('map:0')
    expect(mapOf((build, map) => averagePool(build, map, { size: 8, stride: 7, padding: 'SAME' }))).toBe('map:0')
    expect(mapOf((build, map) => build.node('Identity', 'dropout', [mean(build, map)]))).toBe('map:0')
  })

  it('is found with its channels second', () => {
    const first = { data_format: stringOf('NCHW') }
    const convolved = (build: GraphBuilder, image: string): string =>
      build.node('Conv2D', 'conv', [image, build.constant('kernel', [1, 1, 3, 5])], {
        ...first,
        strides: intsOf(1, 1, 1, 1),
        padding: stringOf('SAME'),
      })
    const shape = [null, 3, 7, 7]
    expect(mapOf((build, map) => mean(build, convolved(build, map), [2, 3]), shape)).toBe('conv:0')
    expect(mapOf((build, map) => mean(build, convolved(build, map), [1, 2]), shape)).toBeNull()
    expect(
      mapOf((build, map) => {
        const pool = build.node('AvgPool', 'pool', [convolved(build, map)], {
          ...first,
          ksize: intsOf(1, 1, 7, 7),
          strides: intsOf(1, 1, 1, 1),
          padding: stringOf('VALID'),
        })
        return reshaped(build, pool, [-1, 5])
      }, shape),
    ).toBe('conv:0')
  })

  it('is a map itself, but not one of a single place', () => {
    expect(mapOf((_, map) => map)).toBe('map:0')
    expect(mapOf((_, map) => map, [null, null, null, 5])).toBe('map:0')
    expect(mapOf((_, map) => map, [null, 1, 1, 5])).toBeNull()
    expect(mapOf((build, map) => mean(build, map), [null, 1, 1, 5])).toBeNull()
  })

  it('is none where not all of it is averaged', () => {
    expect(mapOf((build, map) => mean(build, map, [1, 2, 3], true))).toBeNull()
    expect(mapOf((build, map) => mean(build, map, [1]))).toBeNull()
    expect(mapOf((build, map) => averagePool(build, map, { size: 6, stride: 6 }))).toBeNull()
    expect(mapOf((build, map) => averagePool(build, map, { size: 4, stride: 7, padding: 'SAME' }))).toBeNull()
    expect(mapOf((build, map) => reshaped(build, averagePool(build, map), [-1, 5]), [null, null, null, 5])).toBeNull()
    expect(mapOf((build, map) => build.node('Max', 'max', [map, build.constant('axes', [2], [1, 2])]))).toBeNull()
  })

  it('is none where something else happens between, or there is no map', () => {
    expect(mapOf((build, map) => build.node('Relu', 'relu', [mean(build, map)]))).toBeNull()
    expect(mapOf((build, map) => reshaped(build, map, [-1, 245]))).toBeNull()
    expect(mapOf((build, map) => reshaped(build, mean(build, map), [5, -1]))).toBeNull()
    expect(mapOf((build) => build.node('Placeholder', 'rows', [], { shape: shapeOf([null, 5]) }))).toBeNull()
    expect(mapOf((build, map) => build.node('Relu', 'relu', [reshaped(build, map, [-1, 5])]))).toBeNull()
  })
})
