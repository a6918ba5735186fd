import { describe, expect, it } from 'vitest'
import {
  evaluatedPart,
  labelScores,
  orderByConfusion,
  PairCounts,
  shareInterval,
  type PredictedLabel,
} from './evaluation'

describe('the interval of a share', () => {
  // statsmodels 0.15.0: proportion_confint(right, total, method='wilson')
  it.each([
    [48, 52, 0.8182643761570466, 0.9696806548150699],
    [0, 5, 0, 0.43448246478317487],
    [5, 5, 0.5655175352168252, 1],
    [1, 2, 0.09453120573423068, 0.9054687942657693],
    [9, 10, 0.5958499732047614, 0.982123786904927],
    [113, 120, 0.8844740796636988, 0.9714589899997798],
    [830, 1000, 0.805465935038086, 0.8520084043614475],
  ])('of %d right of %d is that of statsmodels', (right, total, low, high) => {
    const interval = shareInterval(right, total)
    expect(interval.low).toBeCloseTo(low, 12)
    expect(interval.high).toBeCloseTo(high, 12)
  })

  it('is everything where nothing was evaluated', () => {
    expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

const matrix = [
  [9, 1, 0, 2],
  [3, 14, 0, 0],
  [0, 0, 0, 4],
  [1, 0, 0, 20],
]

/** Photos that give these numbers: rows are the true labels, columns those said. */
const evaluatedAs = (numbers: readonly (readonly number[])[]): PredictedLabel[] =>
  numbers.flatMap((row, label) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => ({ label, predicted }))),
  )

describe('precision and recall', () => {
  it('are those of scikit-learn', () => {
    // scikit-learn 1.9.1: precision_recall_fscore_support(..., zero_division=nan) on the photos of this matrix
    const precision = [0.69230769, 0.93333333, null, 0.76923077]
    const recall = [0.75, 0.82352941, 0, 0.95238095]
    const photos = [12, 17, 4, 21]
    labelScores(evaluatedAs(matrix), 4).forEach((score, label) => {
      expect(score.photos).toBe(photos[label])
      expect(score.recall).toBeCloseTo(recall[label], 7)
      const expected = precision[label]
      if (expected === null) expect(score.precision).toBeNull()
      else expect(score.precision).toBeCloseTo(expected, 7)
    })
  })

  it('count what was said and what was right', () => {
    expect(labelScores(evaluatedAs(matrix), 4).map(({ predicted, right }) => [predicted, right])).toEqual([
      [13, 9],
      [15, 14],
      [0, 0],
      [26, 20],
    ])
  })

  it('have no recall for a label without photos', () => {
    expect(
      labelScores(
        evaluatedAs([
          [0, 0],
          [1, 2],
        ]),
        2,
      )[0],
    ).toEqual({ photos: 0, predicted: 1, right: 0, precision: 0, recall: null })
  })
})

describe('confusions', () => {
  it('are listed with the most frequent first, the diagonal left out', () => {
    expect(new PairCounts(evaluatedAs(matrix)).confusions()).toEqual([
      { label: 2, predicted: 3, count: 4 },
      { label: 1, predicted: 0, count: 3 },
      { label: 0, predicted: 3, count: 2 },
      { label: 0, predicted: 1, count: 1 },
      { label: 3, predicted: 0, count: 1 },
    ])
  })

  it('put labels side by side that are taken for one another', () => {
    const pairs = [
      [5, 0, 3, 0, 0],
      [0, 8, 0, 0, 1],
      [4, 0, 2, 0, 0],
      [0, 0, 0, 9, 0],
      [0, 2, 0, 0, 6],
    ]
    expect(orderByConfusion(evaluatedAs(pairs), 5)).toEqual([0, 2, 1, 4, 3])
  })

  it('leave the order alone where nothing is confused', () => {
    expect(
      orderByConfusion(
        evaluatedAs([
          [1, 0],
          [0, 3],
        ]),
        2,
      ),
    ).toEqual([0, 1])
  })
})

describe('the part that is evaluated', () => {
  it('is the one held out furthest', () => {
    expect(evaluatedPart({ train: 5, validation: 2, test: 1 })).toBe('test')
    expect(evaluatedPart({ train: 5, validation: 2, test: 0 })).toBe('validation')
    expect(evaluatedPart({ train: 5, validation: 0, test: 0 })).toBe('train')
  })
})
