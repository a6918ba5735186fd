import { expect, test } from 'vitest'
import { formatCount, shorten, shortenPath } from './text'

test.each([
  [407_123_000, '407 M'],
  [1_056_000_000, '1.06 G'],
  [1000, '1 k'],
  [999, '999'],
  [0, '0'],
])('%d reads %s', (value, text) => {
  expect(formatCount(value)).toBe(text)
})

test('a long name loses its middle', () => {
  expect(shorten('short', 10)).toBe('short')
  expect(shorten('abcdefghijklmnop', 9)).toBe('abcd…mnop')
})

test.each([
  ['functional_1/expanded_conv/depthwise', 36, 'functional_1/expanded_conv/depthwise'],
  ['functional_1/expanded_conv/depthwise', 30, 'functional_1/…/depthwise'],
  ['functional_1/expanded_conv/depthwise', 24, 'functional_1/…/depthwise'],
  ['functional_1/expanded_conv/depthwise', 20, 'functiona…/depthwise'],
  ['batch_normalization/FusedBatchNormV3', 28, 'batch_norm…/FusedBatchNormV3'],
  ['a/an_operation_with_a_long_name', 14, 'an_ope…ng_name'],
])('%s on %d characters', (path, length, shortened) => {
  expect(shortenPath(path, length)).toBe(shortened)
  expect(shortened.length).toBeLessThanOrEqual(length)
})
