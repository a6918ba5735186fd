import { describe, expect, it } from 'vitest'
import { cleanLabel, labelFromFolder, maxLabelLength } from './labels'

describe('cleanLabel', () => {
  it.each([
    ['  Golden   Retriever ', 'Golden Retriever'],
    ['a\tb\r\nc', 'a b c'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['犬', '犬'],
    ['\u00a0cat\u00a0', 'cat'],
    ['cat \u202egod\u2066', 'cat god'],
    ['\u200fכלב\u200f', 'כלב'],
  ])('makes %j to %j', (given, wanted) => expect(cleanLabel(given)).toBe(wanted))

  it.each(['', '   ', '\n\t', '\u0000'])('refuses %j', (given) => {
    expect(() => cleanLabel(given)).toThrow(expect.objectContaining({ code: 'bad-name' }))
  })

  it('counts characters, not code units', () => {
    expect(cleanLabel('🐈'.repeat(maxLabelLength))).toHaveLength(2 * maxLabelLength)
    expect(() => cleanLabel('x'.repeat(maxLabelLength + 1))).toThrow(expect.objectContaining({ code: 'bad-name' }))
  })
})

it('cuts a folder name that is too long, and takes none that is blank', () => {
  expect(labelFromFolder('🐈'.repeat(maxLabelLength + 5))).toBe('🐈'.repeat(maxLabelLength))
  expect(labelFromFolder(' ')).toBeNull()
})
