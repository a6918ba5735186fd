import { expect, test } from 'vitest'
import { fittingCrumbs } from './fitting'

const crumbs = (...labels: string[]) => labels.map((label, i) => ({ path: labels.slice(0, i + 1).join('/'), label }))
const texts = (labels: string[], here: string, room: number): string[] =>
  fittingCrumbs(crumbs(...labels), here, room).map((shown) => (shown.crumb ? shown.text : '…'))

test('everything is shown where there is room', () => {
  expect(texts(['model', 'head', 'dense'], 'MatMul', 1000)).toEqual(['model', 'head', 'dense'])
  expect(fittingCrumbs([], 'MatMul', 100)).toEqual([])
})

test('the longest name is shortened first, short ones stay whole', () => {
  const long = 'a_scope_with_quite_a_long_name_of_its_own'
  const shown = texts(['model', long, 'head'], 'MatMul', 380)
  expect(shown.map((text) => text.length)).toEqual([5, expect.any(Number), 4])
  expect(shown[1]).toContain('…')
  expect(shown[1].length).toBeLessThan(long.length)
  expect(shown[1].length).toBeGreaterThanOrEqual(10)
})

test('the middle is left out before the outermost and the innermost', () => {
  const labels = ['network', 'backbone', 'stage_1', 'block_2', 'expansion']
  expect(texts(labels, 'Conv2D', 300)).toEqual(['network', '…', 'expansion'])
  const [, dots] = fittingCrumbs(crumbs(...labels), 'Conv2D', 300)
  expect(dots.crumb === null && dots.left.map(({ label }) => label)).toEqual(['backbone', 'stage_1', 'block_2'])
  expect(texts(labels, 'Conv2D', 60)).toEqual(['…'])
})
