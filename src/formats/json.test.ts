import { describe, expect, it } from 'vitest'
import { randomInt, seeded } from '../graph/testing/random'
import { errorOf } from './testing/errors'
import { parseJson } from './json'
import { findJsonError } from './json-error'

describe('parseJson', () => {
  it.each([
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['{\n  "a": [1, 2\n  "b": 3 }', 3, 3],
    ['{"a": nul}', 1, 7],
    ['{"a": 01}', 1, 7],
    ['[1, 2}', 1, 6],
    ['{"a": "x\\q"}', 1, 7],
    ['{"a": 1} x', 1, 10],
    ['{"a": "x\ny"}', 1, 7],
    [']', 1, 1],
  ])('says where %j is wrong: line %d, column %d', async (text, line, column) => {
    const error = await errorOf(Promise.resolve().then(() => parseJson(text, 'a/model.json')))
    expect([error.code, error.details.path, error.details.line, error.details.column]).toEqual([
      'bad-json',
      'a/model.json',
      line,
      column,
    ])
    expect(error.message).toContain('a/model.json is not valid JSON')
  })

  it('says of a text that ends anywhere inside that it is not whole', async () => {
    const text = '{"a": [1.5, -2e+3, true, "x\\"\\u00e9y"], "b": {"c": null, "d": {}, "e": []}}'
    expect(parseJson(text, 'x')).toEqual({ a: [1.5, -2000, true, 'x"éy'], b: { c: null, d: {}, e: [] } })
    for (let length = 0; length < text.length; length++) {
      const error = await errorOf(Promise.resolve().then(() => parseJson(text.slice(0, length), 'x')))
      expect([length, error.details.position]).toEqual([length, length])
      expect(error.message).toContain('ends in the middle')
    }
  })
})

describe('findJsonError', () => {
  it('finds a place in whatever JSON.parse refuses, with nothing wrong before it', () => {
    const random = seeded(4)
    const text = JSON.stringify({ nodes: [{ name: 'a/b', attr: { i: '3', f: -0.25e-7, b: false } }, [], {}], c: null })
    const marks = '{}[],:"x1- \n'
    for (let round = 0; round < 2000; round++) {
      const at = randomInt(random, text.length)
      const changed = text.slice(0, at) + marks[randomInt(random, marks.length)] + text.slice(at + 1)
      if (isJson(changed)) continue
      const position = findJsonError(changed)
      expect(position).toBeLessThanOrEqual(changed.length)
      const before = changed.slice(0, position)
      if (!isJson(before)) expect(findJsonError(before)).toBe(before.length)
    }
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
