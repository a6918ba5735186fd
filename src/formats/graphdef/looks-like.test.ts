import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { describe, expect, it } from 'vitest'
import { looksLikeGraphDef, looksLikeGraphDefText, looksLikeMetaGraph } from './looks-like'

/** A message of fields with a length. */
const message = (...fields: readonly (readonly [number, Uint8Array | string])[]): Uint8Array => {
  const writer = new BinaryWriter()
  for (const [number, value] of fields) {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
    writer.tag(number, WireType.LengthDelimited).bytes(bytes)
  }
  return writer.finish()
}
const node = message([1, 'x'], [2, 'Placeholder'])

describe('a GraphDef is recognised', () => {
  it.each([
    ['by its first node', message([1, node])],
    ['by a node whose op comes first', message([1, message([2, 'Const'], [1, 'x'])])],
    ['behind its versions', message([4, Uint8Array.of(8, 27)], [1, node])],
    ['behind an empty library', message([2, ''], [1, node])],
    ['by its library', message([2, message([1, message([1, message([1, 'f'])])])])],
    ['by a long node', message([1, message([1, 'x'], [2, 'Const'], [5, new Uint8Array(5000)])]).subarray(0, 1024)],
  ])('%s', (_, bytes) => expect(looksLikeGraphDef(bytes)).toBe(true))

  it('and nothing else for one', () => {
    const savedModel = Uint8Array.of(8, 1, ...message([2, message([1, message([4, 'serve'])])]))
    expect(looksLikeGraphDef(savedModel)).toBe(false)
    expect(looksLikeGraphDef(message([1, message([1, 'a model'], [3, 'x'])]))).toBe(false)
    expect(looksLikeGraphDef(new TextEncoder().encode('\nlabels\nof\nflowers'))).toBe(false)
    expect(looksLikeGraphDef(new Uint8Array())).toBe(false)
  })

  it('and not the graph of a checkpoint, which says first which operations there are', () => {
    const operations = [2, message([1, message([1, 'Assign'])], [1, message([1, 'Conv2D'])])] as const
    const bare = message([1, message(operations)], [2, message([1, node])])
    const versioned = message([1, message([1, 'v1'], operations, [4, 'train'])])
    for (const bytes of [bare, versioned]) {
      expect(looksLikeMetaGraph(bytes)).toBe(true)
      expect(looksLikeGraphDef(bytes)).toBe(false)
    }
    expect(looksLikeMetaGraph(message([1, node]))).toBe(false)
    expect(looksLikeMetaGraph(message([1, message([2, message([1, message([1, 'not an op'])])])]))).toBe(false)
    expect(looksLikeMetaGraph(Uint8Array.of(0x0a))).toBe(false)
  })

  it('in text', () => {
    expect(looksLikeGraphDefText('# made by hand\n\nnode {\n  name: "x"')).toBe(true)
    expect(looksLikeGraphDefText('versions { producer: 27 }')).toBe(true)
    expect(looksLikeGraphDefText('item {\n  id: 1')).toBe(false)
    expect(looksLikeGraphDefText('node_modules')).toBe(false)
    expect(looksLikeGraphDefText('saved_model_schema_version: 1')).toBe(false)
  })
})
