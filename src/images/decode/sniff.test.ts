import { describe, expect, it } from 'vitest'
import { storedSize } from './dimensions'
import { fixture } from '../fixtures'
import { pictureName, sniff, type FileKind } from './sniff'

function bytes(latin: string): Uint8Array {
  return Uint8Array.from(latin, (character) => character.charCodeAt(0))
}

describe('sniff', () => {
  it.each<[string, FileKind]>([
    ['orientation/6.jpg', 'jpeg'],
    ['cmyk.jpg', 'jpeg'],
    ['rgb16.png', 'png'],
    ['rgb.gif', 'gif'],
    ['rgb.bmp', 'bmp'],
    ['rgb.webp', 'webp'],
    ['rgb.avif', 'avif'],
    ['rgb.tiff', 'tiff'],
    ['text.jpg', 'text'],
    ['empty.png', 'empty'],
  ])('%s is %s', (name, kind) => expect(sniff(fixture(name))).toBe(kind))

  it.each<[string, FileKind]>([
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'avif'],
    ['\0\0\0\x18ftypisom\0\0\0\0isomavc1', 'video'],
    ['\0\0\0\x18ftypM4A \0\0\0\0M4A mp42', 'sound'],
    ['ftyp', 'text'],
    ['\0\0\0\x18ftyp', 'video'],
    ['BM is how this note begins', 'text'],
    ['%PDF-1.7\n', 'pdf'],
    ['PK\x03\x04\x14\0', 'zip'],
    ['RIFF\x24\0\0\0WAVEfmt ', 'sound'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
    ['<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg width="3">', 'svg'],
    ['<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg>', 'svg'],
    ['<!doctype html><p>an <svg>', 'text'],
    ['{"format": "graph-model"}', 'text'],
    ['\0\x01\x02\x03 something else', 'unknown'],
    ['\xff\xfeh\0i\0', 'unknown'],
  ])('%j is %s', (latin, kind) => expect(sniff(bytes(latin))).toBe(kind))

  it('forgives a character cut in two at the end', () => {
    const text = new TextEncoder().encode('naïve')
    expect(sniff(text.subarray(0, 3))).toBe('text')
  })

  // A pattern that goes back over such text would take hours.
  it('does not run away on hostile markup', () => {
    expect(sniff(bytes('<!---->'.repeat(140) + ' '.repeat(40)))).toBe('text')
    expect(sniff(bytes('<?xml' + '<?xml >'.repeat(140)))).toBe('text')
    expect(sniff(bytes(' '.repeat(1024)))).toBe('text')
  })

  it('knows which kinds are pictures', () => {
    expect(pictureName('heic')).toBe('HEIC')
    expect(pictureName('svg')).toBeUndefined()
    expect(pictureName('zip')).toBeUndefined()
  })
})

describe('storedSize', () => {
  it.each([
    'rgb.png',
    'rgb16.png',
    'rgb.gif',
    'rgb.bmp',
    'rgb.webp',
    'lossy.webp',
    'animated.webp',
    'rgb.avif',
    'cmyk.jpg',
    'progressive.jpg',
    'orientation/1.jpg',
  ])('%s', (name) => {
    const head = fixture(name)
    expect(storedSize(head, sniff(head))).toEqual({ width: 48, height: 32 })
  })

  it('gives a turned JPEG as stored, and a PNG that has nothing but a header', () => {
    expect(storedSize(fixture('orientation/6.jpg'), 'jpeg')).toEqual({ width: 32, height: 48 })
    expect(storedSize(fixture('huge.png'), 'png')).toEqual({ width: 30000, height: 30000 })
  })

  it('says nothing where the header is cut off, at any length', () => {
    for (const name of ['rgb.png', 'rgb.gif', 'rgb.bmp', 'rgb.webp', 'lossy.webp', 'rgb.avif', 'cmyk.jpg']) {
      const whole = fixture(name)
      const kind = sniff(whole)
      for (let length = 12; length < whole.length; length += 7) {
        const size = storedSize(whole.subarray(0, length), kind)
        if (size !== null) expect(size).toEqual({ width: 48, height: 32 })
      }
      expect(storedSize(whole.subarray(0, 9), kind)).toBeNull()
    }
  })
})
