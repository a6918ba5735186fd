import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lossOfTargets, softmaxLoss } from './loss'

/** What tools/fixtures/tail/mixed.py writes. */
const made = JSON.parse(readFileSync(new URL('fixtures/mixed.json', import.meta.url), 'utf8')) as Record<
  'logits' | 'labels' | 'others' | 'shares' | 'weights' | 'slopes',
  number[]
> & { readonly classes: number; readonly loss: number }
const { classes } = made
const [logits, shares, weights] = [made.logits, made.shares, made.weights].map((all) => Float32Array.from(all))
const [labels, others] = [made.labels, made.others].map((all) => Int32Array.from(all))

it('the loss of targets of two labels and its slopes are TensorFlow’s', () => {
  const slopes = new Float32Array(logits.length)
  const { loss } = lossOfTargets(logits, { labels, weights, mixed: { others, shares } }, slopes, classes)
  expect(loss).toBeCloseTo(made.loss, 4)
  expect(Math.max(...slopes.map((slope, at) => Math.abs(slope - made.slopes[at])))).toBeLessThan(1e-6)
})

it('without mixed rows it is that of one label each', () => {
  const [one, other] = [new Float32Array(logits.length), new Float32Array(logits.length)]
  expect(lossOfTargets(logits, { labels, weights }, one, classes)).toEqual(
    softmaxLoss(logits, labels, weights, other, classes),
  )
  expect(one).toEqual(other)
})
