import { describe, expect, it } from 'vitest'
import { growth, linear } from '../testing/counted'
import { boolOf, dtypeOf, GraphBuilder, intOf, intsOf, shapeOf, stringOf } from '../testing/build'
import { pick, randomInt, seeded } from '../testing/random'
import type { Attribute, Attributes, Graph, Shape } from '../types'
import { inferShapes } from './index'
import { knownOps, opOf } from '../ops'

function shapeIn(graph: Graph, tensor: string, feeds?: Readonly<Record<string, Shape>>): Shape | null | undefined {
  return inferShapes(graph, { feeds: new Map(Object.entries(feeds ?? {})) }).get(tensor)?.shape
}

/** `tf.shape(x)[index]` as converted graphs write it. */
function sizeOf(builder: GraphBuilder, tensor: string, name: string, index: number): string {
  const shape = builder.node('Shape', `${name}/shape`, [tensor])
  const [begin, end, one] = [index, index + 1, 1].map((value, i) => builder.constant(`${name}/${i}`, [1], [value]))
  return builder.node('StridedSlice', name, [shape, begin, end, one], { shrink_axis_mask: intOf(1) })
}

describe('shapes computed from shapes', () => {
  it('carries an unknown batch through Shape, StridedSlice and Pack into Reshape', () => {
    const builder = new GraphBuilder()
    const image = builder.input('image', [null, 7, 7, 64])
    const batch = sizeOf(builder, image, 'batch', 0)
    const rest = builder.constant('rest', [], [-1])
    const target = builder.node('Pack', 'target', [batch, rest])
    builder.node('Reshape', 'flat', [image, target])
    expect(shapeIn(builder.graph(), 'flat:0')).toEqual([null, 3136])
  })

  it('finds the batch again after it was folded into rows', () => {
    const builder = new GraphBuilder()
    const image = builder.input('image', [null, 6, 4])
    const rows = builder.node('Reshape', 'rows', [image, builder.constant('to rows', [2], [-1, 4])])
    const back = builder.node('Reshape', 'back', [rows, builder.constant('to image', [3], [-1, 6, 4])])
    const batch = sizeOf(builder, image, 'batch', 0)
    const target = builder.node('Pack', 'target', [batch, builder.constant('open', [], [-1])])
    builder.node('Reshape', 'flat', [back, target])
    expect(shapeIn(builder.graph(), 'flat:0')).toEqual([null, 24])
  })

  it('does not mistake the batch of one input for that of another', () => {
    const builder = new GraphBuilder()
    const batch = sizeOf(builder, builder.input('other', [null, 3]), 'batch', 0)
    const target = builder.node('Pack', 'target', [batch, builder.constant('open', [], [-1])])
    builder.node('Reshape', 'flat', [builder.input('image', [null, 6]), target])
    expect(shapeIn(builder.graph(), 'flat:0')).toEqual([null, null])
  })

  it('computes with sizes: products, sums, casts and joins', () => {
    const builder = new GraphBuilder()
    const image = builder.input('image', [null, 6, 4, 5])
    const shape = builder.node('Shape', 'shape', [image])
    const space = builder.node('GatherV2', 'space', [
      shape,
      builder.constant('which', [2], [1, 2]),
      builder.constant('zero', [], [0]),
    ])
    const pixels = builder.node('Prod', 'pixels', [space, builder.constant('axis', [1], [0])])
    const doubled = builder.node('Mul', 'doubled', [space, builder.constant('two', [], [2])])
    const half = builder.node('FloorDiv', 'half', [
      builder.node('AddV2', 'more', [pixels, builder.constant('one', [], [1])]),
      builder.constant('2', [], [2]),
    ])
    const narrow = builder.node('Cast', 'narrow', [half], { DstT: dtypeOf('int32') })
    builder.node('ResizeBilinear', 'large', [image, doubled])
    const dims = builder.node('Pack', 'dims', [narrow, pixels])
    builder.node('Fill', 'filled', [dims, builder.constant('value', [])])
    builder.node('Range', 'range', [builder.constant('start', [], [0]), pixels, builder.constant('step', [], [1])])
    const infos = inferShapes(builder.graph())
    expect(infos.get('large:0')?.shape).toEqual([null, 12, 8, 5])
    expect(infos.get('filled:0')?.shape).toEqual([12, 24])
    expect(infos.get('range:0')?.shape).toEqual([24])
  })

  it('keeps the batch through the steps of a dense layer on rank 3 (tensordot)', () => {
    const builder = new GraphBuilder()
    const tokens = builder.input('tokens', [null, 24, 32])
    const shape = builder.node('Shape', 'shape', [tokens])
    const zero = builder.constant('zero', [], [0])
    const free = builder.node('GatherV2', 'free', [shape, builder.constant('free axes', [2], [0, 1]), zero])
    const used = builder.node('GatherV2', 'used', [shape, builder.constant('used axes', [1], [2]), zero])
    const first = builder.constant('first', [1], [0])
    const matrix = builder.node('Pack', 'matrix', [
      builder.node('Prod', 'rows', [free, first]),
      builder.node('Prod', 'columns', [used, first]),
    ])
    const flat = builder.node('Reshape', 'flat', [tokens, matrix])
    const product = builder.node('MatMul', 'product', [flat, builder.constant('kernel', [32, 16])])
    const units = builder.constant('units', [1], [16])
    builder.node('Reshape', 'dense', [product, builder.node('ConcatV2', 'target', [free, units, zero])])
    expect(shapeIn(builder.graph(), 'dense:0')).toEqual([null, 24, 16])
  })
})

describe('what is fed and what is stored', () => {
  const builder = new GraphBuilder()
  const image = builder.input('image', [null, null, null, 3])
  const filter = builder.constant('filter', [3, 3, 3, 8])
  builder.node('Conv2D', 'conv', [image, filter], { strides: intsOf(1, 2, 2, 1), padding: stringOf('SAME') })
  const odd = { _output_shapes: { kind: 'list', items: [shapeOf([1, 13, 13, 8])] } } as const
  builder.node('NewOp', 'new', ['conv'], odd)
  const graph = builder.graph('conv')

  it('lets fed shapes stand for unknown ones', () => {
    expect(shapeIn(graph, 'conv:0')).toEqual([null, null, null, 8])
    expect(shapeIn(graph, 'conv:0', { image: [1, 97, 65, 3] })).toEqual([1, 49, 33, 8])
    expect(shapeIn(graph, 'conv:0', { 'image:0': [null, 32, 32, 3] })).toEqual([null, 16, 16, 8])
  })

  it('falls back to stored shapes for ops it does not know, unless they belong to another input', () => {
    expect(shapeIn(graph, 'new:0')).toEqual([1, 13, 13, 8])
    expect(shapeIn(graph, 'new:0', { image: [2, 97, 65, 3] })).toBeNull()
    expect(shapeIn(graph, 'new:0', { image: [null, null, null, 3] })).toEqual([1, 13, 13, 8])
  })

  it('fills in sizes from the signature, but never the batch', () => {
    const outputs = [{ key: 'out', tensor: 'conv:0', dtype: 'float32', shape: [1, 20, 20, 8] }] as const
    expect(shapeIn({ ...graph, outputs }, 'conv:0')).toEqual([null, 20, 20, 8])
  })

  it('reads a placeholder without shape from the signature', () => {
    const bare = new GraphBuilder()
    bare.node('Placeholder', 'image', [])
    const inputs = [{ key: 'image', tensor: 'image:0', dtype: 'int32', shape: [null, 4] }] as const
    expect(inferShapes({ ...bare.graph(), inputs }).get('image:0')).toEqual({ dtype: 'int32', shape: [null, 4] })
  })

  it('has an entry for every output, and for outputs that only their users know', () => {
    const many = new GraphBuilder()
    const x = many.input('x', [2, 6])
    many.node('Split', 'split', [many.constant('axis', [], [1]), x], { num_split: intOf(3) })
    many.node('NewOp', 'new', [x])
    many.node('Relu', 'relu', ['new:2'])
    expect([...inferShapes(many.graph()).keys()].sort()).toEqual(
      ['axis:0', 'new:0', 'new:2', 'relu:0', 'split:0', 'split:1', 'split:2', 'x:0'].sort(),
    )
  })
})

describe('control flow', () => {
  it('does not know a size of a dimension that is not there', () => {
    const builder = new GraphBuilder()
    const [value, other] = [builder.input('value', []), builder.input('other', [null])]
    builder.node('FusedBatchNormV3', 'norm', [value, other, other, other, other])
    builder.node('Merge', 'merge', ['norm:1', other])
    expect(inferShapes(builder.graph()).get('merge:0')).toEqual({ dtype: 'float32', shape: [null] })
  })

  it('passes through switches and merges what agrees', () => {
    const builder = new GraphBuilder()
    const x = builder.input('x', [null, 4])
    builder.node('Switch', 'switch', [x, builder.constant('pred', [], [1], 'bool')])
    builder.node('Relu', 'yes', ['switch:1'])
    builder.node('Identity', 'no', ['switch:0'])
    builder.node('Merge', 'merge', ['yes', 'no'])
    expect(inferShapes(builder.graph()).get('merge:0')).toEqual({ dtype: 'float32', shape: [null, 4] })
  })

  it('leaves the variables of a loop unknown and still ends', () => {
    const builder = new GraphBuilder()
    builder.node('Enter', 'enter', [builder.input('x', [3])])
    builder.node('Merge', 'merge', ['enter', 'next'], { T: dtypeOf('float32') })
    builder.node('Switch', 'switch', ['merge', builder.constant('pred', [], [1], 'bool')])
    builder.node('ConcatV2', 'grow', ['switch:1', 'x', builder.constant('axis', [], [0])])
    builder.node('NextIteration', 'next', ['grow'])
    builder.node('Exit', 'exit', ['switch:0'])
    const infos = inferShapes(builder.graph())
    expect(infos.get('merge:0')).toEqual({ dtype: 'float32', shape: null })
    expect(infos.get('exit:0')).toEqual({ dtype: 'float32', shape: null })
    // Joined with something of rank 1, so it is of rank 1.
    expect(infos.get('grow:0')?.shape).toEqual([null])
  })

  it('treats any other circle as unknown', () => {
    const builder = new GraphBuilder()
    builder.node('AddV2', 'a', ['b', builder.input('x', [3])])
    builder.node('Relu', 'b', ['a'])
    builder.node('Relu', 'after', ['b'])
    expect(shapeIn(builder.graph(), 'after:0')).toBeNull()
  })

  it('takes the outputs of called functions from attributes', () => {
    const types = { kind: 'list', items: [dtypeOf('float32'), dtypeOf('int32')] } as const
    const builder = new GraphBuilder()
    builder.node('PartitionedCall', 'call', [builder.input('x', [1])], { Tout: types })
    const output_shapes: Attribute = { kind: 'list', items: [shapeOf([null, 2]), shapeOf(null)] }
    builder.node('StatelessIf', 'if', ['x', 'x'], { Tout: types, output_shapes })
    const infos = inferShapes(builder.graph())
    expect(infos.get('call:1')).toEqual({ dtype: 'int32', shape: null })
    expect(infos.get('if:0')).toEqual({ dtype: 'float32', shape: [null, 2] })
  })

  it('reads variables through their handles', () => {
    const builder = new GraphBuilder()
    builder.node('VarHandleOp', 'handle', [], { dtype: dtypeOf('float32'), shape: shapeOf([3, 4]) })
    builder.node('ReadVariableOp', 'read', [builder.node('Identity', 'same', ['handle'])])
    const infos = inferShapes(builder.graph())
    expect(infos.get('handle:0')).toEqual({ dtype: 'resource', shape: [] })
    expect(infos.get('read:0')).toEqual({ dtype: 'float32', shape: [3, 4] })
  })
})

describe('whatever a file holds', () => {
  const random = seeded(7)
  const someShape = (): Shape | null =>
    random() < 0.1 ? null : Array.from({ length: randomInt(random, 6) }, () => pick(random, [null, 0, 1, 2, 3, 7]))
  const someInts = (): number[] => Array.from({ length: randomInt(random, 6) }, () => randomInt(random, 9) - 4)
  const attributeNames = [
    ...['axis', 'num', 'num_split', 'strides', 'ksize', 'ksizes', 'rates', 'dilations', 'padding', 'data_format', 'N'],
    ...['squeeze_dims', 'equation', 'block_size', 'begin_mask', 'end_mask', 'ellipsis_mask', 'shrink_axis_mask', 'T'],
    ...['new_axis_mask', 'batch_dims', 'keep_dims', 'shape', 'explicit_paddings', 'output_shapes', 'Tout', 'k'],
  ]
  const someAttribute = (): Attribute =>
    pick<() => Attribute>(random, [
      () => intOf(randomInt(random, 20) - 9),
      () => intsOf(...someInts()),
      () => stringOf(pick(random, ['SAME', 'EXPLICIT', 'NCHW', 'ij,jk->ik', '...i->', 'ij,', ''])),
      () => boolOf(random() < 0.5),
      () => shapeOf(someShape()),
      () => dtypeOf('float32'),
      () => ({ kind: 'list', items: [shapeOf(someShape()), dtypeOf('int32')] }),
    ])()

  const opsWithRules = knownOps().filter((op) => opOf(op)?.shape !== null)

  it('never throws, and gives every node of a random graph a plausible shape', () => {
    for (let round = 0; round < 20; round++) {
      const builder = new GraphBuilder()
      const tensors = [builder.input('x', someShape()), builder.constant('floats', [2, 3])]
      opsWithRules.forEach((op, i) => {
        const list = someInts()
        tensors.push(builder.constant(`ints ${i}`, random() < 0.2 && list.length === 1 ? [] : [list.length], list))
        const inputs = Array.from({ length: randomInt(random, 5) }, () => pick(random, tensors))
        const attributes: Attributes = Object.fromEntries(
          Array.from({ length: 8 }, () => [pick(random, attributeNames), someAttribute()]),
        )
        tensors.push(builder.node(op, `node ${i}`, inputs, attributes))
      })
      for (const [name, { shape }] of inferShapes(builder.graph())) {
        const isPlausible = shape?.every((size) => size === null || (Number.isInteger(size) && size >= 0)) ?? true
        expect(isPlausible, `${name} is ${JSON.stringify(shape)}`).toBe(true)
      }
    }
  })

  it('is read in steps that grow with its size only', () => {
    const chain = (length: number): Graph => {
      const builder = new GraphBuilder()
      let tensor = builder.input('x', [null, 32, 32, 8])
      builder.constant('filter', [3, 3, 8, 8])
      const attributes = { strides: intsOf(1, 1, 1, 1), padding: stringOf('SAME') }
      for (let i = 0; i < length; i++) tensor = builder.node('Conv2D', `conv ${i}`, [tensor, 'filter'], attributes)
      return builder.graph()
    }
    expect(shapeIn(chain(50_000), 'conv 49999:0')).toEqual([null, 32, 32, 8])
    expect(growth(chain, (graph) => inferShapes(graph), 10_000)).toBeLessThan(linear)
  })
})
