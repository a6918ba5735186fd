import { describe, expect, it } from 'vitest'
import type { Attribute } from '../../graph/types'
import { readAttributes, writeAttributes } from './attributes'

const read = (value: unknown): Attribute | undefined => readAttributes({ a: value }, 'here').a

describe('readAttributes', () => {
  it.each<[string, unknown, Attribute]>([
    ['text', { s: 'U0FNRQ==' }, { kind: 'string', value: 'SAME' }],
    ['text in the URL alphabet', { s: 'Pz8_' }, { kind: 'string', value: '???' }],
    ['text as character codes', { s: [83, 65, 77, 69] }, { kind: 'string', value: 'SAME' }],
    ['empty text', { s: '' }, { kind: 'string', value: '' }],
    ['bytes that are not UTF-8', { s: '/wA=' }, { kind: 'bytes', base64: '/wA=' }],
    ['an integer as text', { i: '-3' }, { kind: 'int', value: -3 }],
    ['an integer as a number', { i: 7 }, { kind: 'int', value: 7 }],
    ['an integer beyond 2^53', { i: '9223372036854775807' }, { kind: 'opaque', json: { i: '9223372036854775807' } }],
    ['a float', { f: 0.001 }, { kind: 'float', value: 0.001 }],
    ['an infinite float', { f: '-Infinity' }, { kind: 'float', value: -Infinity }],
    ['false', { b: false }, { kind: 'bool', value: false }],
    ['a type by name', { type: 'DT_HALF' }, { kind: 'dtype', value: 'float16' }],
    ['a type by number', { type: 9 }, { kind: 'dtype', value: 'int64' }],
    ['a quantised type', { type: 'DT_QUINT8' }, { kind: 'opaque', json: { type: 'DT_QUINT8' } }],
    ['a shape', { shape: { dim: [{ size: '-1' }, { size: 4 }, {}] } }, { kind: 'shape', value: [null, 4, 0] }],
    [
      'a shape with Grappler’s names for unknown sizes',
      { shape: { dim: [{ size: '-5' }] } },
      { kind: 'shape', value: [null] },
    ],
    ['an unknown shape', { shape: { unknownRank: true } }, { kind: 'shape', value: null }],
    ['an unknown shape in snake case', { shape: { unknown_rank: true } }, { kind: 'shape', value: null }],
    ['a scalar’s shape', { shape: {} }, { kind: 'shape', value: [] }],
    ['an empty list', { list: {} }, { kind: 'list', items: [] }],
    [
      'a list',
      { list: { i: ['1', 2] } },
      {
        kind: 'list',
        items: [
          { kind: 'int', value: 1 },
          { kind: 'int', value: 2 },
        ],
      },
    ],
    [
      'a list beside empty ones',
      { list: { s: [], b: [true] } },
      { kind: 'list', items: [{ kind: 'bool', value: true }] },
    ],
    ['a list of tensors', { list: { tensor: [{}] } }, { kind: 'opaque', json: { list: { tensor: [{}] } } }],
    ['a tensor', { tensor: { dtype: 1 } }, { kind: 'opaque', json: { tensor: { dtype: 1 } } }],
    [
      'a function',
      { func: { name: 'body', attr: { n: { i: '1' } } } },
      { kind: 'function', name: 'body', attributes: { n: { kind: 'int', value: 1 } } },
    ],
    ['nothing', {}, { kind: 'opaque', json: {} }],
  ])('reads %s, and writes it so that it reads the same', (_what, json, wanted) => {
    expect(read(json)).toEqual(wanted)
    const written: unknown = JSON.parse(JSON.stringify(writeAttributes({ a: wanted })))
    expect(readAttributes(written, 'here')).toEqual({ a: wanted })
  })

  it.each([
    [{ s: '***' }],
    [{ i: '1.5' }],
    [{ i: '' }],
    [{ f: 'many' }],
    [{ b: 1 }],
    [{ shape: { dim: [{ size: 'x' }] } }],
    [{ shape: { dim: 3 } }],
    [{ list: { i: 3 } }],
    [{ func: { name: 3 } }],
    ['SAME'],
    [null],
  ])('refuses %j', (json) => {
    expect(() => read(json)).toThrow(
      expect.objectContaining({ code: 'bad-graph', message: expect.stringContaining('“a”') as unknown }) as Error,
    )
  })

  it('writes text as base64 of UTF-8, sizes and integers as text, as protobuf does', () => {
    expect(
      writeAttributes({
        s: { kind: 'string', value: 'é' },
        l: { kind: 'list', items: [{ kind: 'int', value: 1 }] },
        shape: { kind: 'shape', value: [null, 3] },
        t: { kind: 'dtype', value: 'int64' },
      }),
    ).toEqual({
      s: { s: 'w6k=' },
      l: { list: { i: ['1'] } },
      shape: { shape: { dim: [{ size: '-1' }, { size: '3' }] } },
      t: { type: 'DT_INT64' },
    })
  })
})
