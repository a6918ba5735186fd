import { describe, expect, test } from 'vitest'
import { writeNpy } from './npy'

/** What NumPy reads: the header's dictionary and where the data begins. */
function parse(file: Uint8Array): { header: string; data: Uint8Array } {
  const view = new DataView(file.buffer)
  const length = view.getUint16(8, true)
  const header = new TextDecoder().decode(file.subarray(10, 10 + length))
  return { header, data: file.slice(10 + length) }
}

describe('writeNpy', () => {
  test('writes the magic string, an aligned header and the values', () => {
    const file = writeNpy(new Float32Array([1.5, -2, 3, 4, 5, 6]), [2, 3], 'float32')
    expect([...file.subarray(0, 8)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0])
    const { header, data } = parse(file)
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/)
    expect((file.length - data.length) % 64).toBe(0)
    expect([...new Float32Array(data.buffer)]).toEqual([1.5, -2, 3, 4, 5, 6])
  })

  test.each([
    [[], '()'],
    [[3], '(3,)'],
    [[1, 3, 1], '(1, 3, 1)'],
  ])('writes the shape %j as the tuple %s', (shape, tuple) => {
    const file = writeNpy(new Int32Array(shape.reduce((a, b) => a * b, 1)), shape, 'int32')
    expect(parse(file).header).toContain(`'descr': '<i4', 'fortran_order': False, 'shape': ${tuple}`)
  })

  test('tells bools from bytes', () => {
    expect(parse(writeNpy(new Uint8Array([1, 0]), [2], 'bool')).header).toContain("'|b1'")
    expect(parse(writeNpy(new Uint8Array([1, 0]), [2], 'uint8')).header).toContain("'|u1'")
  })

  test('writes strings in code points of four bytes, as long as the longest', () => {
    const { header, data } = parse(writeNpy(['dog', 'a😀', ''], [3], 'string'))
    expect(header).toContain("'<U3'")
    expect([...new Uint32Array(data.buffer)]).toEqual([100, 111, 103, 97, 0x1f600, 0, 0, 0, 0])
  })
})
