import { describe, expect, it } from 'vitest'
import { findInputs, type FoundInputs } from './input'
import { GraphBuilder } from '../testing/build'
import type { DType, Shape, TensorInfo } from '../types'

type Declared = readonly [name: string, shape: Shape | null, dtype?: DType]

function find(...inputs: readonly Declared[]): FoundInputs {
  const build = new GraphBuilder()
  for (const [name, shape, dtype] of inputs) build.placeholder(name, shape, dtype)
  const infos = new Map<string, TensorInfo>(
    inputs.map(([name, shape, dtype = 'float32']) => [`${name}:0`, { shape, dtype }]),
  )
  return findInputs(build.graph(), infos)
}

function suggestion(...declared: Declared) {
  const found = find(['pictures', [1, 8, 8, 3]], declared)
  return found.others[0].suggested
}

describe('findInputs', () => {
  it('finds the picture by shape and dtype, whatever its name', () => {
    const found = find(['image_mean', [3]], ['x', [null, 224, 224, 3]], ['image_size', [2], 'int32'])
    expect(found.image).toBe('x:0')
    expect(found.why).toBe('“x:0” takes pictures by its shape [?, 224, 224, 3] and type float32.')
    expect(found.others.map((input) => input.tensor)).toEqual(['image_mean:0', 'image_size:0'])
  })

  it('takes whole numbers, channels first and grey pictures, and not other types or channels', () => {
    expect(find(['a', [1, 192, 192, 3], 'int32']).image).toBe('a:0')
    expect(find(['a', [1, 192, 192, 3], 'uint8']).image).toBe('a:0')
    expect(find(['a', [1, 3, 64, 64]]).image).toBe('a:0')
    expect(find(['a', [null, 28, 28, 1]]).image).toBe('a:0')
    expect(find(['a', [1, 192, 192, 3], 'bool']).image).toBeNull()
    expect(find(['a', [null, 28, 28, 7]]).image).toBeNull()
    expect(find(['a', [28, 28, 3]]).image).toBeNull()
  })

  it('prefers three channels last, then the signature, then the name, then the larger picture', () => {
    expect(find(['first', [1, 3, 64, 64]], ['last', [1, 64, 64, 3]]).image).toBe('last:0')
    expect(find(['mask', [1, 64, 64, 1]], ['rgb', [1, 64, 64, 3]]).image).toBe('rgb:0')
    expect(find(['style', [1, 64, 64, 3]], ['image', [1, 64, 64, 3]]).image).toBe('image:0')
    expect(find(['a', [1, 64, 64, 3]], ['b', [1, 128, 128, 3]]).image).toBe('b:0')
    const build = new GraphBuilder()
    build.placeholder('image', [1, 64, 64, 3])
    build.input('signed', [1, 64, 64, 3])
    const info: TensorInfo = { shape: [1, 64, 64, 3], dtype: 'float32' }
    const infos = new Map([
      ['image:0', info],
      ['signed:0', info],
    ])
    expect(findInputs(build.graph(), infos).image).toBe('signed:0')
  })

  it('says why there is none', () => {
    expect(find().why).toBe('This graph has no inputs.')
    expect(find(['vector', [null, 10]]).why).toContain('No input takes pictures')
  })

  it('suggests values that leave the network as it is after training', () => {
    expect(suggestion('keep_prob', [])).toEqual({ shape: [], dtype: 'float32', data: new Float32Array([1]) })
    expect(suggestion('dropout/rate', [])?.data).toEqual(new Float32Array([0]))
    expect(suggestion('keras_learning_phase', [], 'bool')).toEqual({
      shape: [],
      dtype: 'bool',
      data: new Uint8Array([0]),
    })
    expect(suggestion('is_training', null, 'bool')?.data).toEqual(new Uint8Array([0]))
    expect(suggestion('is_inference', [], 'bool')?.data).toEqual(new Uint8Array([1]))
    expect(suggestion('batch_size', [], 'int64')).toEqual({ shape: [], dtype: 'int32', data: new Int32Array([1]) })
    expect(suggestion('temperature', [1])?.data).toEqual(new Float32Array([1]))
    expect(suggestion('state', [null, 4])).toEqual({ shape: [1, 4], dtype: 'float32', data: new Float32Array(4) })
    expect(suggestion('text', [], 'string')).toBeNull()
    expect(suggestion('anything', null)).toBeNull()
  })

  it('leaves an input its known default, except a flag for training', () => {
    const build = new GraphBuilder()
    build.input('image', [null, 8, 8, 3])
    build.constant('axis/default', [2], [1, 2])
    build.node('PlaceholderWithDefault', 'axis', ['axis/default'])
    build.constant('phase/default', [], [1], 'bool')
    build.node('PlaceholderWithDefault', 'training', ['phase/default'])
    build.constant('scale/default', [])
    build.node('PlaceholderWithDefault', 'scale', ['scale/default'])
    const infos = new Map<string, TensorInfo>([
      ['image:0', { shape: [null, 8, 8, 3], dtype: 'float32' }],
      ['axis:0', { shape: [2], dtype: 'int32' }],
      ['training:0', { shape: [], dtype: 'bool' }],
      ['scale:0', { shape: [], dtype: 'float32' }],
    ])
    const { others } = findInputs(build.graph(), infos)
    expect(others.map((input) => input.suggested?.data ?? null)).toEqual([
      new Int32Array([1, 2]),
      new Uint8Array([0]),
      null,
    ])
  })
})
