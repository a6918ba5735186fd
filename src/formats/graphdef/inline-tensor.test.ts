import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { toBase64 } from './base64'
import { readInlineTensor } from './inline-tensor'
import { decodeStrings } from './strings'

const shape = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) })
const packed = (array: ArrayBufferView<ArrayBuffer>) => toBase64(new Uint8Array(array.buffer))
const read = (json: unknown) => readInlineTensor(json, 'model.json, node “c”')

function values(json: unknown): number[] {
  const tensor = read(json)
  if (tensor === null) throw new Error('no data')
  if (tensor.dtype === 'float32') return [...new Float32Array(tensor.bytes.buffer)]
  return tensor.dtype === 'int32' ? [...new Int32Array(tensor.bytes.buffer)] : [...tensor.bytes]
}

describe('readInlineTensor', () => {
  it.each([
    ['packed float32', 'DT_FLOAT', packed(Float32Array.of(1.5, -2)), [1.5, -2]],
    ['packed float64', 'DT_DOUBLE', packed(Float64Array.of(0.25, 3)), [0.25, 3]],
    ['packed int32', 'DT_INT32', packed(Int32Array.of(-1, 7)), [-1, 7]],
    ['packed int64, brought into int32', 'DT_INT64', packed(BigInt64Array.of(-5n, 2n ** 62n)), [-5, 2147483647]],
    ['packed int16', 'DT_INT16', packed(Int16Array.of(-300, 300)), [-300, 300]],
    ['packed int8', 'DT_INT8', packed(Int8Array.of(-128, 5)), [-128, 5]],
    ['packed uint8', 'DT_UINT8', packed(Uint8Array.of(255, 5)), [255, 5]],
    ['packed bool', 'DT_BOOL', packed(Uint8Array.of(1, 0)), [1, 0]],
  ])('reads %s', (_what, dtype, tensorContent, wanted) => {
    expect(values({ dtype, tensorShape: shape(2), tensorContent })).toEqual(wanted)
  })

  it.each([
    ['floats', { dtype: 1, floatVal: [0.5, 'Infinity'] }, [0.5, Infinity]],
    ['doubles', { dtype: 'DT_DOUBLE', doubleVal: [0.5, -1] }, [0.5, -1]],
    ['integers', { dtype: 3, intVal: [4, 5] }, [4, 5]],
    ['long integers as text', { dtype: 'DT_INT64', int64Val: ['-4', '9223372036854775807'] }, [-4, 2147483647]],
    ['bools', { dtype: 'DT_BOOL', boolVal: [true, false] }, [1, 0]],
    ['in snake case', { dtype: 'DT_INT64', int64_val: ['1', '2'] }, [1, 2]],
    ['fewer than there are places', { dtype: 'DT_FLOAT', floatVal: [2.5] }, [2.5, 2.5]],
  ])('reads listed %s', (_what, json, wanted) => {
    expect(values({ tensorShape: shape(2), ...json })).toEqual(wanted)
  })

  it('reads strings, the last one standing for those that follow', () => {
    const tensor = read({ dtype: 'DT_STRING', tensorShape: shape(3), stringVal: ['aMOp', 'eA=='] })
    expect(tensor && decodeStrings(tensor.bytes)).toEqual(['hé', 'x', 'x'])
  })

  it('tells a scalar from an empty tensor, and both from one without data', () => {
    expect(read({ dtype: 'DT_INT32', tensorShape: {}, intVal: [3] })).toMatchObject({ shape: [] })
    expect(read({ dtype: 'DT_FLOAT', tensorShape: shape(0, 3) })).toMatchObject({
      shape: [0, 3],
      bytes: new Uint8Array(0),
    })
    expect(read({ dtype: 'DT_FLOAT', tensorShape: {} })).toBeNull()
    expect(read({ dtype: 'DT_STRING', tensorShape: shape(1) })).toBeNull()
    expect(read(undefined)).toBeNull()
  })

  it.each([
    ['too few packed bytes', 'bad-weight', { dtype: 1, tensorShape: shape(2), tensorContent: 'AAAA' }],
    ['what is not base64', 'bad-weight', { dtype: 1, tensorShape: shape(2), tensorContent: '*' }],
    ['more values than places', 'bad-weight', { dtype: 1, tensorShape: shape(2), floatVal: [1, 2, 3] }],
    ['one value for a huge tensor', 'bad-weight', { dtype: 1, tensorShape: shape(2 ** 40), floatVal: [1] }],
    ['one string for a huge tensor', 'bad-weight', { dtype: 7, tensorShape: shape(2 ** 40), stringVal: ['eA=='] }],
    ['an unknown size', 'bad-weight', { dtype: 1, tensorShape: shape(-1), floatVal: [1] }],
    ['complex numbers', 'unknown-dtype', { dtype: 'DT_COMPLEX64', tensorShape: shape(1), scomplexVal: [1, 2] }],
    ['bfloat16', 'unknown-dtype', { dtype: 'DT_BFLOAT16', tensorShape: shape(1), tensorContent: 'AAA=' }],
    ['values that are no list', 'bad-graph', { dtype: 1, tensorShape: shape(1), floatVal: 3 }],
  ])('refuses %s: %s', (_what, code, json) => {
    expect(() => read(json)).toThrow(CutpointError)
    expect(() => read(json)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('“c”') as unknown }) as Error,
    )
  })
})
