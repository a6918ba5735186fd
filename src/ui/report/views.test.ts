import { describe, expect, it } from 'vitest'
import type { EvaluatedImage, Part, HeadReport } from '../../types'
import { barOf, choose, confidenceHistogram, isThere, viewsOf } from './views'

const labels = ['cat', 'dog', 'owl']

let count = 0
const evaluated = (part: Part, label: number, predicted: number, confidence: number): EvaluatedImage => ({
  image: `photo-${++count}`,
  part,
  label,
  predicted,
  confidence,
})

const images = [
  evaluated('train', 0, 0, 0.99),
  evaluated('train', 1, 1, 0.97),
  evaluated('test', 0, 0, 0.9),
  evaluated('test', 0, 1, 0.55),
  evaluated('test', 0, 1, 0.81),
  evaluated('test', 1, 1, 1),
  evaluated('test', 1, 0, 0.62),
  evaluated('test', 0, 0, 0.51),
]

const reportOf = (some: Partial<HeadReport>): HeadReport => ({
  backend: 'wasm',
  labels,
  images: { train: 2, validation: 0, test: 6 },
  features: { count: 8, length: 4, fromCache: 0, ms: 1 },
  decodeMs: 1,
  fit: { ms: 1, iterations: 1, loss: 0, gradient: 0, stopped: '' },
  history: [],
  accuracy: { train: 1, validation: null, test: 0.5 },
  warnings: [],
  evaluated: images,
  leaveOneOut: null,
  evaluateMs: 1,
  ...some,
})

describe('what of a report can be looked at', () => {
  it('is every part that has photos, held-out ones first, each with its own matrix', () => {
    const views = viewsOf(reportOf({}))
    expect(views.map(({ key, right, images: { length } }) => [key, right, length])).toEqual([
      ['test', 3, 6],
      ['train', 2, 2],
    ])
    const rows = labels.map((_, label) => labels.map((_predicted, predicted) => views[0].pairs.of(label, predicted)))
    expect(rows).toEqual([
      [2, 2, 0],
      [1, 1, 0],
      [0, 0, 0],
    ])
  })

  it('is leaving one out before what was trained on', () => {
    const all = images.map((image) => ({ ...image, part: 'train' as const }))
    const views = viewsOf(reportOf({ evaluated: all, leaveOneOut: { accuracy: 0.5, evaluated: images } }))
    expect(views.map(({ key }) => key)).toEqual(['leaveOneOut', 'train'])
    expect(views[0].right).toBe(5)
  })
})

describe('the photos listed', () => {
  const [view] = viewsOf(reportOf({}))

  it('are all mistakes, the most confident first', () => {
    expect(choose(view, { kind: 'mistakes' }, labels).map(({ confidence }) => confidence)).toEqual([0.81, 0.62, 0.55])
  })

  it('are those of one cell; what is right begins with the least sure', () => {
    const wrong = choose(view, { kind: 'cell', label: 'cat', predicted: 'dog' }, labels)
    expect(wrong.map(({ confidence }) => confidence)).toEqual([0.81, 0.55])
    const right = choose(view, { kind: 'cell', label: 'cat', predicted: 'cat' }, labels)
    expect(right.map(({ confidence }) => confidence)).toEqual([0.51, 0.9])
  })

  it('are those of one bar', () => {
    expect(choose(view, { kind: 'bar', bar: 5, right: true }, labels).map(({ confidence }) => confidence)).toEqual([
      0.51,
    ])
    expect(choose(view, { kind: 'bar', bar: 5, right: false }, labels).map(({ confidence }) => confidence)).toEqual([
      0.55,
    ])
  })

  it('are no cell of labels that are gone', () => {
    expect(isThere({ kind: 'cell', label: 'cat', predicted: 'dog' }, ['cat', 'owl'])).toBe(false)
    expect(isThere({ kind: 'cell', label: 'cat', predicted: 'owl' }, ['cat', 'owl'])).toBe(true)
  })
})

describe('the histogram of confidence', () => {
  it('counts every photo once, right and wrong apart', () => {
    const [view] = viewsOf(reportOf({}))
    const histogram = confidenceHistogram(view.images)
    expect(histogram.map(({ right, wrong }) => [right, wrong])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
      [0, 1],
      [0, 0],
      [0, 1],
      [2, 0],
    ])
  })

  it('puts a whole tenth into the bar that begins there, as single precision has it too', () => {
    const edges = Float32Array.from([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    expect(Array.from(edges, barOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(barOf(1)).toBe(9)
    expect(barOf(0.8999)).toBe(8)
  })
})
