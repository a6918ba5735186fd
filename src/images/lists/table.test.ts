import { describe, expect, it } from 'vitest'
import { readTable } from './table'
import { decodeText } from './text'

const text = 'Datei;Art\r\nä1.jpg;Löwe\r\n'

/** Bytes of each encoding, by hand: browsers and Node write UTF-8 only. */
const encodings: Record<string, Uint8Array> = {
  'UTF-8': new TextEncoder().encode(text),
  'UTF-8 with a mark': new TextEncoder().encode(`\ufeff${text}`),
  'UTF-16 LE': utf16(`\ufeff${text}`, true),
  'UTF-16 BE': utf16(`\ufeff${text}`, false),
  'UTF-16 LE without a mark': utf16(text, true),
  'UTF-16 BE without a mark': utf16(text, false),
  cp1252: Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
}

function utf16(written: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * written.length))
  for (let at = 0; at < written.length; at++) view.setUint16(2 * at, written.charCodeAt(at), little)
  return new Uint8Array(view.buffer)
}

describe('decodeText', () => {
  it.each(Object.keys(encodings))('reads %s', (name) => {
    expect(decodeText(encodings[name])).toBe(text)
  })
})

describe('readTable', () => {
  const rows = (written: string): readonly (readonly string[])[] =>
    readTable('list', new TextEncoder().encode(written)).rows

  it('finds what separates cells', () => {
    const table = [
      ['a.jpg', 'cat'],
      ['b.jpg', 'dog'],
    ]
    expect(rows('a.jpg,cat\nb.jpg,dog')).toEqual(table)
    expect(rows('a.jpg;cat\r\nb.jpg;dog\r\n')).toEqual(table)
    expect(rows('a.jpg\tcat\nb.jpg\tdog\n')).toEqual(table)
    expect(rows('# names\na.jpg cat\nb.jpg   dog\n')).toEqual(table)
    expect(rows('"a.jpg"," cat "\n\n"b.jpg","dog"\n,\n')).toEqual(table)
    expect(rows('[{"f":"a.jpg","l":"cat"},{"f":"b.jpg","l":"dog"}]').slice(1)).toEqual(table)
  })

  it('keeps spaces within names and quotes within cells', () => {
    expect(rows('a b.jpg 0\nc.jpg 1')).toEqual([
      ['a b.jpg', '0'],
      ['c.jpg', '1'],
    ])
    expect(rows('a.jpg,"cat, ""big"""\nb.jpg,dog')).toEqual([
      ['a.jpg', 'cat, "big"'],
      ['b.jpg', 'dog'],
    ])
  })

  it('reads what is broken as far as it goes', () => {
    expect(rows('a.jpg,"cat\nb.jpg,dog')).toEqual([['a.jpg', 'cat\nb.jpg,dog']])
    expect(rows('{"a":1}\n{broken')).toEqual([['{"a":1}'], ['{broken']])
    expect(rows('')).toEqual([])
  })
})
