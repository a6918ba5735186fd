import { describe, expect, it } from 'vitest'
import { freeBatch, type FreedBatch } from './free-batch'
import { inferShapes } from '../shapes'
import { dtypeOf, GraphBuilder, intOf, intsOf, shapeOf } from '../testing/build'
import { classifier, conv, dense, pool } from '../testing/networks'
import { pick, randomInt, seeded } from '../testing/random'
import type { Graph, Shape } from '../types'

const free = (graph: Graph): FreedBatch => freeBatch(graph, inferShapes(graph), 'image:0')

const shapeIn = (graph: Graph, tensor: string): Shape | null | undefined => inferShapes(graph).get(tensor)?.shape

function list(build: GraphBuilder, name: string, ...values: number[]): string {
  return build.constant(name, [values.length], values)
}

/** A graph of one op on a feature map `[1, 4, 4, 6]` that must not be freed. */
function blocked(add: (build: GraphBuilder, features: string) => string): readonly string[] {
  const build = new GraphBuilder()
  const features = build.node('Relu', 'features', [build.input('image', [1, 4, 4, 6])])
  const freed = free(build.graph(add(build, features)))
  expect(freed.free).toBe(false)
  return freed.blockers
}

describe('freeBatch', () => {
  it('hands back a graph whose batch is free already', () => {
    const graph = classifier(null)
    expect(free(graph)).toEqual({ graph, weights: new Map(), free: true, blockers: [] })
    expect(free(graph).graph).toBe(graph)
  })

  it('frees the input, the signature and everything that follows', () => {
    const graph: Graph = {
      ...classifier(1),
      outputs: [{ key: 'p', tensor: 'probabilities:0', dtype: 'float32', shape: [1, 5] }],
    }
    const freed = free(graph)
    expect(freed.free).toBe(true)
    expect(freed.graph.inputs[0].shape).toEqual([null, 8, 8, 3])
    expect(freed.graph.outputs[0].shape).toEqual([null, 5])
    expect(freed.graph.nodes[0].attributes.shape).toEqual(shapeOf([null, 8, 8, 3]))
    expect(shapeIn(freed.graph, 'probabilities:0')).toEqual([null, 5])
    expect(graph.inputs[0].shape).toEqual([1, 8, 8, 3])
  })

  it('opens the batch of reshapes, with what a -1 stood for written out', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1, 4, 4, 6])
    const grid = build.node('Reshape', 'grid', [image, list(build, 'grid/shape', 1, 16, 6)])
    const flat = build.node('Reshape', 'flat', [grid, list(build, 'flat/shape', 1, -1)])
    const same = build.node('Reshape', 'same', [flat, list(build, 'same/shape', -1, 96)])
    const freed = free(build.graph(same))
    expect(freed.free).toBe(true)
    expect([...freed.weights].map(([id, { values }]) => [id, values])).toEqual([
      ['grid/free_shape', new Int32Array([-1, 16, 6])],
      ['flat/free_shape', new Int32Array([-1, 96])],
    ])
    expect(freed.graph.nodes.map((node) => node.name)).toEqual([
      'image',
      'grid/free_shape',
      'grid',
      'flat/free_shape',
      'flat',
      'same/shape',
      'same',
    ])
    expect([...freed.graph.weights.keys()]).toEqual(['same/shape', 'grid/free_shape', 'flat/free_shape'])
    expect(freed.graph.weights.get('flat/free_shape')?.small).toEqual([-1, 96])
    expect(shapeIn(freed.graph, 'grid:0')).toEqual([null, 16, 6])
    expect(shapeIn(freed.graph, 'same:0')).toEqual([null, 96])
  })

  it('leaves a constant that others use, and takes a name that is not taken', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1, 4, 4, 6])
    const target = list(build, 'flat/free_shape', 1, 96)
    const flat = build.node('Reshape', 'flat', [image, target])
    const table = build.node('Reshape', 'table', [build.constant('values', [96]), target])
    const freed = free(build.graph(build.node('AddV2', 'sum', [flat, table])))
    expect(freed.free).toBe(true)
    expect([...freed.weights.keys()]).toEqual(['flat/free_shape_1'])
    const inputs = new Map(freed.graph.nodes.map((node) => [node.name, node.inputs]))
    expect(inputs.get('flat')).toEqual(['image:0', 'flat/free_shape_1:0'])
    expect(inputs.get('table')).toEqual(['values:0', 'flat/free_shape:0'])
    expect(freed.graph.weights.has('flat/free_shape')).toBe(true)
  })

  it('drops stored shapes, which would still say 1', () => {
    const build = new GraphBuilder()
    const stored = { _output_shapes: { kind: 'list', items: [shapeOf([1, 4])] } } as const
    const relu = build.node('Relu', 'relu', [build.input('image', [1, 4])], stored)
    expect(free(build.graph(relu)).graph.nodes.at(-1)?.attributes).toEqual({})
  })

  it('keeps a reshape of several pictures’ parts together', () => {
    const build = new GraphBuilder()
    const features = build.node('Relu', 'features', [build.input('image', [1, 4, 4, 6])])
    const freed = free(build.graph(build.node('Reshape', 'pixels', [features, list(build, 'shape', 16, 6)])))
    expect(freed.free).toBe(false)
    expect(freed.blockers).toEqual(['Reshape “pixels” spreads each picture over several rows.'])
  })

  it('frees a dense layer on a map, which reshapes it to rows and back', () => {
    const build = new GraphBuilder()
    const features = build.node('Relu', 'features', [build.input('image', [1, 4, 4, 6])])
    const rows = build.node('Reshape', 'rows', [features, list(build, 'shape', 16, 6)])
    const back = build.node('Reshape', 'back', [dense(build, 'dense', rows, [6, 8]), list(build, 'map', 1, 4, 4, 8)])
    const freed = free(build.graph(pool(build, 'pool', back)))
    expect(freed.blockers).toEqual([])
    expect(shapeIn(freed.graph, 'back:0')).toEqual([null, 4, 4, 8])
    expect(shapeIn(freed.graph, 'pool:0')).toEqual([null, 8])
  })

  it('does not take rows of several pictures for one picture’s', () => {
    const build = new GraphBuilder()
    const features = build.node('Relu', 'features', [build.input('image', [1, 4, 4, 6])])
    const rows = build.node('Reshape', 'rows', [features, list(build, 'shape', 16, 6)])
    const turned = build.node('Transpose', 'turned', [rows, list(build, 'order', 1, 0)])
    const back = build.node('Reshape', 'back', [turned, list(build, 'map', 4, 4, 6)])
    expect(free(build.graph(back)).free).toBe(false)
  })

  it('follows SpaceToBatchND and back', () => {
    const build = new GraphBuilder()
    const features = build.node('Relu', 'features', [build.input('image', [1, 4, 4, 6])])
    const block = list(build, 'block', 2, 2)
    const none = build.constant('none', [2, 2], [0, 0, 0, 0])
    const spread = build.node('SpaceToBatchND', 'spread', [features, block, none])
    const back = build.node('BatchToSpaceND', 'back', [conv(build, 'conv', spread, [6, 6]), block, none])
    expect(free(build.graph(back)).blockers).toEqual([])
    expect(free(build.graph(spread)).blockers).toEqual([
      'SpaceToBatchND “spread” spreads each picture over several rows.',
    ])
  })

  it('names what holds on to the batch', () => {
    const cases: [string, (build: GraphBuilder, features: string) => string][] = [
      ['Squeeze “s”', (build, x) => build.node('Squeeze', 's', [x], { squeeze_dims: intsOf(0) })],
      ['Unpack “u”', (build, x) => build.node('Unpack', 'u', [x], { axis: intOf(0), num: intOf(1) })],
      ['ExpandDims “e”', (build, x) => build.node('ExpandDims', 'e', [x, build.constant('zero', [], [0])])],
      ['Transpose “t”', (build, x) => build.node('Transpose', 't', [x, list(build, 'perm', 3, 1, 2, 0)])],
      ['Mean “m”', (build, x) => build.node('Mean', 'm', [x, list(build, 'axes', 0, 1)])],
      ['Tile “t”', (build, x) => build.node('Tile', 't', [x, list(build, 'multiples', 2, 1, 1, 1)])],
      ['BroadcastTo “b”', (build, x) => build.node('BroadcastTo', 'b', [x, list(build, 'shape', 1, 4, 4, 6)])],
      [
        'Slice “s”',
        (build, x) => build.node('Slice', 's', [x, list(build, 'b', 0, 0, 0, 0), list(build, 'n', 1, 4, 4, 3)]),
      ],
      [
        'StridedSlice “first”',
        (build, x) =>
          build.node('StridedSlice', 'first', [x, list(build, 'b', 0), list(build, 'e', 1), list(build, 's', 1)], {
            shrink_axis_mask: intOf(1),
          }),
      ],
      [
        'ConcatV2 “c”',
        (build, x) =>
          build.node('ConcatV2', 'c', [x, build.constant('ones', [1, 4, 4, 2]), build.constant('axis', [], [3])]),
      ],
      [
        'Pack “p”',
        (build, x) => build.node('Pack', 'p', [x, build.constant('ones', [1, 4, 4, 6])], { axis: intOf(1) }),
      ],
    ]
    for (const [name, add] of cases) {
      const blockers = blocked(add)
      expect(blockers).toHaveLength(1)
      expect(blockers[0].startsWith(name), `${name}: ${blockers[0]}`).toBe(true)
    }
  })

  it('names the first cause and not what follows from it', () => {
    const blockers = blocked((build, x) => {
      const first = build.node('Squeeze', 'first', [x], { squeeze_dims: intsOf(0) })
      return build.node('Relu', 'second', [build.node('Neg', 'third', [first])])
    })
    expect(blockers).toEqual(['Squeeze “first” mixes the pictures, or drops the dimension that counts them.'])
  })

  it('frees shapes that are computed while running', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1, 4, 4, 6])
    const shape = build.node('Shape', 'shape', [image], { out_type: dtypeOf('int32') })
    const count = build.node(
      'StridedSlice',
      'count',
      [shape, list(build, 'b', 0), list(build, 'e', 1), list(build, 's', 1)],
      { shrink_axis_mask: intOf(1) },
    )
    const target = build.node('Pack', 'target', [count, build.constant('rest', [], [96])], { axis: intOf(0) })
    const freed = free(build.graph(build.node('Reshape', 'flat', [image, target])))
    expect(freed.blockers).toEqual([])
    expect(shapeIn(freed.graph, 'flat:0')).toEqual([null, 96])
  })

  it('cannot tell without the shape of the input', () => {
    const build = new GraphBuilder()
    build.input('image', null)
    expect(free(build.graph('image')).blockers).toEqual(['The shape of the input “image:0” is not known.'])
  })

  it('never changes another dimension, on random networks', () => {
    let freedAny = 0
    for (let seed = 0; seed < 300; seed++) {
      const graph = randomNetwork(seed)
      const before = inferShapes(graph)
      const freed = free(graph)
      if (!freed.free) {
        expect(freed.graph).toBe(graph)
        expect(freed.blockers.length).toBeGreaterThan(0)
        continue
      }
      freedAny += 1
      const after = inferShapes(freed.graph)
      for (const [tensor, { shape }] of after) {
        const known = before.get(tensor)?.shape
        if (!known || !shape) continue
        expect(shape.length, `${tensor} in network ${seed}`).toBe(known.length)
        const changed = shape.flatMap((size, dimension) => (size === known[dimension] ? [] : [dimension]))
        expect(changed.length, `${tensor} in network ${seed}`).toBeLessThanOrEqual(1)
        for (const dimension of changed) expect([known[dimension], shape[dimension]]).toEqual([1, null])
      }
      const output = freed.graph.outputs[0].tensor
      expect(after.get(output)?.shape?.at(0), `output of network ${seed}`).toBeNull()
    }
    expect(freedAny).toBeGreaterThan(50)
  })
})

/** A chain of layers, reshapes and transpositions on one picture; now and then one that mixes pictures. */
function randomNetwork(seed: number): Graph {
  const random = seeded(seed)
  const build = new GraphBuilder()
  let tensor = build.input('image', [1, 4, 4, 6])
  let shape = [1, 4, 4, 6]
  const length = 1 + randomInt(random, 8)
  for (let i = 0; i < length; i++) {
    const kind = pick(random, ['relu', 'flat', 'grid', 'turn', 'pool', 'dense', 'drop'])
    if (kind === 'flat') {
      shape = [1, shape.reduce((product, size) => product * size, 1)]
      const target = random() < 0.5 ? [1, -1] : shape
      tensor = build.node('Reshape', `n${i}`, [tensor, list(build, `s${i}`, ...target)])
    } else if (kind === 'grid' && shape.length === 4) {
      shape = [1, shape[1] * shape[2], shape[3]]
      tensor = build.node('Reshape', `n${i}`, [tensor, list(build, `s${i}`, 1, -1, shape[2])])
    } else if (kind === 'turn' && shape.length === 4) {
      shape = [shape[0], shape[3], shape[1], shape[2]]
      tensor = build.node('Transpose', `n${i}`, [tensor, list(build, `s${i}`, 0, 3, 1, 2)])
    } else if (kind === 'pool' && shape.length === 4) {
      shape = [1, shape[3]]
      tensor = pool(build, `n${i}`, tensor)
    } else if (kind === 'dense' && shape.length === 2) {
      tensor = dense(build, `n${i}`, tensor, [shape[1], 5])
      shape = [1, 5]
    } else if (kind === 'drop' && random() < 0.2) {
      shape = shape.slice(1)
      tensor = build.node('Squeeze', `n${i}`, [tensor], { squeeze_dims: intsOf(0) })
      tensor = build.node('ExpandDims', `m${i}`, [tensor, build.constant(`s${i}`, [], [0])])
      shape = [1, ...shape]
    } else {
      tensor = build.node('Relu', `n${i}`, [tensor])
    }
  }
  return build.graph(tensor)
}
