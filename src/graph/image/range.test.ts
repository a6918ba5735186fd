import { describe, expect, it } from 'vitest'
import { firstNorm } from './norm'
import { picturePath } from './path'
import { rangeAfter, rangeBefore } from './range'
import { curveOf } from './testing/curve-of'
import { indexGraph } from '../lookup/graph-index'
import { dtypeOf, GraphBuilder, intOf } from '../testing/build'
import type { WeightStore } from '../types'

const float = { T: dtypeOf('float32') }

type RangeStep = readonly [op: string, values: readonly number[]]

/** A picture's way through steps with constants, and what the constants are; by “1-” it is taken from one. */
function way(...steps: readonly RangeStep[]) {
  const build = new GraphBuilder()
  const values = new Map<string, readonly number[]>()
  let tensor = build.input('image', [null, 8, 8, 3])
  steps.forEach(([op, constant], place) => {
    values.set(`c${place}`, constant)
    build.constant(`c${place}`, constant.length === 1 ? [] : [constant.length])
    const inputs = op === '1-' ? [`c${place}`, tensor] : constant.length === 0 ? [tensor] : [tensor, `c${place}`]
    tensor = build.node(op === '1-' ? 'Sub' : op, `step${place}`, inputs, float)
  })
  build.constant('kernel', [3, 3, 3, 4])
  build.node('Conv2D', 'conv', [tensor, 'kernel'], float)
  const weights: WeightStore = {
    raw: () => Promise.reject(new Error('not asked')),
    values: (id) => Promise.resolve(Float32Array.from(values.get(id) ?? [])),
  }
  return { index: indexGraph(build.graph('conv')), weights }
}

async function wanted(...steps: readonly RangeStep[]): Promise<string | null> {
  const { index, weights } = way(...steps)
  const map = await curveOf(index, weights)
  return map && rangeBefore(map)
}

describe('rangeBefore', () => {
  it('is 0 to 255 where the network brings bytes to what it was trained on', async () => {
    expect(await wanted(['Mul', [1 / 127.5]], ['Sub', [1]])).toBe('0to255')
    expect(await wanted(['Sub', [128]], ['Mul', [1 / 128]])).toBe('0to255')
    expect(await wanted(['RealDiv', [255]])).toBe('0to255')
    expect(await wanted(['Sub', [123.68, 116.779, 103.939]])).toBe('0to255')
    // As Keras' EfficientNet has it: scaled, normalised, and scaled again.
    const deviation = [0.229, 0.224, 0.225]
    const again = deviation.map((each) => 1 / Math.sqrt(each))
    expect(
      await wanted(['Mul', [1 / 255]], ['Sub', [0.485, 0.456, 0.406]], ['RealDiv', deviation], ['Mul', again]),
    ).toBe('0to255')
  })

  it('is 0 to 255 where the mean of dark pictures is taken off', async () => {
    expect(await wanted(['Sub', [10, 20, 60]])).toBe('0to255')
    expect(await wanted(['Sub', [12]], ['RealDiv', [16]])).toBe('0to255')
    expect(await wanted(['AddV2', [-33]], ['Mul', [1 / 78]])).toBe('0to255')
    // Of numbers from 0 to 1, or from −1 to 1, the mean is less.
    expect(await wanted(['Sub', [0.5]])).not.toBe('0to255')
    expect(await wanted(['Sub', [1]])).not.toBe('0to255')
  })

  it('is seen where dark and light are exchanged', async () => {
    expect(await wanted(['RealDiv', [255]], ['1-', [1]])).toBe('0to255')
    expect(await wanted(['1-', [255]], ['RealDiv', [255]])).toBe('0to255')
    expect(await wanted(['1-', [255]])).toBe('0to255')
    expect(await wanted(['RealDiv', [127.5]], ['1-', [1]])).toBe('0to255')
    expect(await wanted(['Mul', [1 / 255]], ['Neg', []], ['AddV2', [1]])).toBe('0to255')
    expect(await wanted(['1-', [1]])).toBe('0to1')
  })

  it('is seen in any order, and where the numbers are bounded', async () => {
    expect(await wanted(['Sub', [127.5]], ['RealDiv', [127.5]])).toBe('0to255')
    expect(await wanted(['RealDiv', [255]], ['Sub', [0.5]], ['Mul', [2]])).toBe('0to255')
    expect(await wanted(['Mul', [1 / 255, 1 / 255, 1 / 255]], ['Minimum', [1]], ['Maximum', [0]])).toBe('0to255')
  })

  it.each(['shares', 'sum', 'mean'])('is seen where the picture is made grey by a %s', async (kind) => {
    const build = new GraphBuilder()
    let tensor = build.input('image', [null, 8, 8, 3])
    build.constant('axis', [], [-1])
    build.constant('size', [])
    build.constant('shares', [3, 1])
    build.constant('shape', [4])
    if (kind === 'shares') {
      const row = build.node('Reshape', 'rows', [tensor, 'shape'], float)
      tensor = build.node('Reshape', 'grey', [build.node('MatMul', 'made', [row, 'shares'], float), 'shape'], float)
    } else {
      const parts = kind === 'sum' ? build.node('Mul', 'parts', [tensor, 'shares'], float) : tensor
      tensor = build.node(kind === 'sum' ? 'Sum' : 'Mean', 'grey', [parts, 'axis'], float)
    }
    build.constant('kernel', [3, 3, 1, 4])
    build.node('Conv2D', 'conv', [build.node('RealDiv', 'scaled', [tensor, 'size'], float), 'kernel'], float)
    const index = indexGraph(build.graph('conv'))
    const path = picturePath(index, 'image:0')
    expect([path?.convolution.name, path?.channels]).toEqual(['conv', 3])
    const values = (id: string) => Promise.resolve(Float32Array.from(id === 'size' ? [255] : [0.2989, 0.587, 0.114]))
    const weights: WeightStore = { raw: () => Promise.reject(new Error('not asked')), values }
    const map = await curveOf(index, weights)
    expect(map && rangeBefore(map)).toBe('0to255')
  })

  it.each(['Conv2D', 'MatMul'])(
    'is seen where pixels are put in a row, or in rows again, before a %s',
    async (layer) => {
      const build = new GraphBuilder()
      build.constant('c', [])
      build.constant('shape', [2])
      build.constant('kernel', [64, 4])
      const scaled = build.node('Mul', 'scaled', [build.input('image', [null, 8, 8]), 'c'], float)
      build.node(layer, 'layer', [build.node('Reshape', 'row', [scaled, 'shape'], float), 'kernel'], float)
      const index = indexGraph(build.graph('layer'))
      const path = picturePath(index, 'image:0')
      const values = () => Promise.resolve(Float32Array.of(1 / 255))
      const map = await curveOf(index, { raw: () => Promise.reject(new Error('not asked')), values })
      expect(map && rangeBefore(map)).toBe('0to255')
      // A row has no places to measure over.
      if (path && layer === 'MatMul') expect(firstNorm(index, path)).toBeNull()
      // Where no picture is known, nothing that may mix its sides is followed.
      expect(picturePath(index, null)).toBeNull()
    },
  )

  it('is seen behind powers, roots and clips, in whichever range greys stay apart and in order', async () => {
    expect(await wanted(['RealDiv', [255]], ['Square', []])).toBe('0to255')
    expect(await wanted(['RealDiv', [255]], ['Pow', [1 / 2.2]], ['Sub', [0.5]], ['Mul', [2]])).toBe('0to255')
    expect(await wanted(['Sqrt', []], ['RealDiv', [Math.sqrt(255)]])).toBe('0to255')
    expect(await wanted(['Square', []], ['Mul', [2]], ['Sub', [1]])).toBe('0to1')
    expect(await wanted(['Maximum', [0]], ['Minimum', [1]], ['Mul', [2]], ['Sub', [1]])).toBe('0to1')
    expect(await wanted(['Maximum', [-1]], ['Minimum', [1]], ['AddV2', [1]], ['Mul', [0.5]])).toBe('minus1to1')
    // Bounds alone, and grey alone, keep what came in.
    expect(await wanted(['Maximum', [0]], ['Minimum', [255]])).toBeNull()
    expect(await wanted(['Mul', [1]])).toBeNull()
  })

  it('is 0 to 1 where it goes on from there', async () => {
    expect(await wanted(['Mul', [2]], ['Sub', [1]])).toBe('0to1')
    expect(await wanted(['Sub', [0.485, 0.456, 0.406]], ['RealDiv', [0.229, 0.224, 0.225]])).toBe('0to1')
  })

  it('is not known where nothing is done, or nothing that is known', async () => {
    expect(await wanted()).toBeNull()
    expect(await wanted(['Mul', [1000]])).toBeNull()
    expect(await wanted(['Mul', [1, 2, 3, 4]])).toBeNull()
  })
})

/** A picture whose channels are taken out, perhaps computed with one by one, and put together. */
async function joined(
  takes: 'Split' | 'Unpack' | 'StridedSlice' | 'GatherV2',
  order: readonly number[],
  each: (build: GraphBuilder, channel: string, place: number) => string,
  end: 'ConcatV2' | 'Pack' | 'AddN',
) {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8, 8, 3])
  build.constant('axis', [], [3])
  build.constant('from', [2], [0, 0])
  build.constant('ones', [2], [1, 1])
  if (takes === 'Split') build.node('Split', 'parts', ['axis', image], { num_split: intOf(3) })
  if (takes === 'Unpack') build.node('Unpack', 'parts', [image], { axis: intOf(-1), num: intOf(3) })
  const channel = (place: number): string => {
    if (takes === 'Split' || takes === 'Unpack') return `parts:${place}`
    build.constant(`begin${place}`, takes === 'GatherV2' ? [1] : [2], takes === 'GatherV2' ? [place] : [0, place])
    const masks = { ellipsis_mask: intOf(1), shrink_axis_mask: intOf(2) }
    return takes === 'GatherV2'
      ? build.node('GatherV2', `channel${place}`, [image, `begin${place}`, 'axis'])
      : build.node('StridedSlice', `channel${place}`, [image, `begin${place}`, 'ones', 'ones'], masks)
  }
  const parts = order.map((place) => each(build, channel(place), place))
  const inputs = end === 'ConcatV2' ? [...parts, 'axis'] : parts
  const tensor = build.node(end, 'joined', inputs, end === 'Pack' ? { axis: intOf(-1) } : {})
  build.constant('kernel', [3, 3, 3, 4])
  build.node('Conv2D', 'conv', [tensor, 'kernel'], float)
  const index = indexGraph(build.graph('conv'))
  const values = new Map([
    ['byte', [255]],
    ...[103.939, 116.779, 123.68].map((mean, place) => [`mean${2 - place}`, [mean]] as const),
    ...[0.299, 0.587, 0.114].map((share, place) => [`share${place}`, [share / 255]] as const),
  ])
  const weights: WeightStore = {
    raw: () => Promise.reject(new Error('not asked')),
    values: (id) => Promise.resolve(Float32Array.from(values.get(id) ?? [])),
  }
  const path = picturePath(index, 'image:0')
  const curve = await curveOf(index, weights)
  return {
    steps: path?.steps.map(({ node, reverses, grey }) => [node.op, reverses, grey].join(' ')),
    after: curve && rangeAfter(curve),
    before: curve && rangeBefore(curve),
    channels: path?.channels,
  }
}

describe('channels one by one', () => {
  const withConstant = (op: string, name: string) => (build: GraphBuilder, channel: string, place: number) => {
    build.constant(`${name}${place}`, [])
    return build.node(op, `${op}${place}`, [channel, `${name}${place}`], float)
  }
  const asIs = (_: GraphBuilder, channel: string): string => channel

  it.each([
    ['Split', 'ConcatV2'],
    ['Unpack', 'Pack'],
    ['GatherV2', 'ConcatV2'],
    ['StridedSlice', 'Pack'],
  ] as const)('are turned round by %s and %s, with a mean taken off each', async (takes, end) => {
    expect(await joined(takes, [2, 1, 0], asIs, end)).toMatchObject({ steps: [`${end} true false`], before: null })
    expect(await joined(takes, [2, 1, 0], withConstant('Sub', 'mean'), end)).toMatchObject({
      steps: [`${end} true false`],
      after: 'caffe',
      before: '0to255',
    })
    expect(await joined(takes, [0, 1, 2], withConstant('Sub', 'mean'), end)).toMatchObject({ after: 'caffe' })
    expect((await joined(takes, [1, 0, 2], asIs, end)).steps).toBeUndefined()
  })

  it.each(['Split', 'Unpack', 'GatherV2', 'StridedSlice'] as const)('are made grey after %s', async (takes) => {
    const made = await joined(takes, [0, 1, 2], withConstant('Mul', 'share'), 'AddN')
    expect(made).toEqual({ steps: ['AddN false true'], after: '0to1', before: '0to255', channels: 3 })
  })

  it('are not followed where they are put together again and again, which would be without end', () => {
    const build = new GraphBuilder()
    build.constant('axis', [], [3])
    let tensor = build.input('image', [null, 8, 8, 3])
    // Three with each other would be 3 · 300³ channels.
    for (let step = 0; step < 3; step++) {
      tensor = build.node('ConcatV2', `joined${step}`, [...new Array<string>(300).fill(tensor), 'axis'])
    }
    build.constant('kernel', [3, 3, 3, 4])
    build.node('Conv2D', 'conv', [tensor, 'kernel'], float)
    expect(picturePath(indexGraph(build.graph('conv')), 'image:0')).toBeNull()
  })

  it('are told apart though a picture is multiplied by itself', async () => {
    const build = new GraphBuilder()
    build.constant('byte', [])
    const scaled = build.node('RealDiv', 'scaled', [build.input('image', [null, 8, 8, 3]), 'byte'], float)
    build.constant('kernel', [3, 3, 3, 4])
    build.node('Conv2D', 'conv', [build.node('Mul', 'squared', [scaled, scaled], float), 'kernel'], float)
    const weights: WeightStore = {
      raw: () => Promise.reject(new Error('not asked')),
      values: () => Promise.resolve(Float32Array.of(255)),
    }
    const curve = await curveOf(indexGraph(build.graph('conv')), weights)
    expect(curve && rangeBefore(curve)).toBe('0to255')
  })
})

describe('rangeAfter', () => {
  it('names what bytes become', async () => {
    const { index, weights } = way(['Mul', [1 / 255]])
    const map = await curveOf(index, weights)
    expect(map && rangeAfter(map)).toBe('0to1')
  })
})
