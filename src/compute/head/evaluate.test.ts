import { describe, expect, it } from 'vitest'
import type { Part } from '../../types'
import { accuracy, confusionMatrix, evaluateParts, meanLoss, type Judged } from './evaluate'
import { softmaxLayer } from './head'
import { probabilities } from './probabilities'
import { trainWarnings, type Concerning } from './warnings'

const nobody: Judged = { probabilities: new Float32Array(0), labels: new Int32Array(0) }

/** Images whose most likely class is `predicted`. */
function judged(labels: number[], predicted: number[], classes: number): Judged {
  const rows = predicted.flatMap((best) => Array.from({ length: classes }, (_, label) => (label === best ? 0.8 : 0.1)))
  return { probabilities: Float32Array.from(rows), labels: Int32Array.from(labels) }
}

describe('probabilities', () => {
  it('are the softmax of x · kernel + bias', () => {
    const head = softmaxLayer({ kernel: Float32Array.from([1, 0, -1, 0, 2, 1]), bias: Float32Array.from([0, 1, 0]) })
    const result = probabilities(Float32Array.from([1, 2, 0, 0]), 2, [head])
    const logits = [1, 5, 1]
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
    logits.forEach((logit, label) => expect(result[label]).toBeCloseTo(Math.exp(logit) / total, 6))
    expect(result[4]).toBeCloseTo(Math.E / (Math.E + 2), 6)
  })

  it('stay finite for enormous logits and sum to one', () => {
    const head = softmaxLayer({ kernel: Float32Array.from([1e30, -1e30]), bias: Float32Array.from([0, 0]) })
    expect([...probabilities(Float32Array.from([5, -5]), 1, [head])]).toEqual([1, 0, 0, 1])
  })
})

describe('evaluation', () => {
  const three = judged([0, 0, 1, 2, 2], [0, 1, 1, 2, 0], 3)

  it('counts what is right, and what was taken for what', () => {
    expect(accuracy(three.probabilities, three.labels, 3)).toBeCloseTo(3 / 5)
    expect(confusionMatrix(three.probabilities, three.labels, 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 1],
    ])
    expect(meanLoss(three.probabilities, three.labels, 3)).toBeCloseTo(-(3 * Math.log(0.8) + 2 * Math.log(0.1)) / 5, 5)
    expect(accuracy(nobody.probabilities, nobody.labels, 3)).toBeNull()
    expect(meanLoss(nobody.probabilities, nobody.labels, 3)).toBeNull()
  })

  it('judges on the part that was held out furthest', () => {
    const train = judged([0, 1], [0, 1], 2)
    const other = judged([0, 1], [1, 1], 2)
    expect(evaluateParts({ train, validation: other, test: other }, 2).confusion.part).toBe('test')
    expect(evaluateParts({ train, validation: other, test: nobody }, 2)).toEqual({
      accuracy: { train: 1, validation: 0.5, test: null },
      confusion: {
        part: 'validation',
        matrix: [
          [0, 1],
          [0, 1],
        ],
      },
    })
    expect(evaluateParts({ train, validation: nobody, test: nobody }, 2).confusion.part).toBe('train')
  })
})

describe('warnings', () => {
  const warningsOf = (
    train: number[],
    labels: string[],
    test: Judged = nobody,
    change: Partial<Concerning> = {},
  ): string[] => {
    const parts = { train: judged(train, train, labels.length), validation: nobody, test }
    const { confusion } = evaluateParts(parts, labels.length)
    return trainWarnings({ labels, images: [], parts, confusion, leaveOneOut: null, stopped: 'converged', ...change })
  }
  const times = (count: number, label: number): number[] => new Array<number>(count).fill(label)

  it('are none for a sound training', () => {
    expect(warningsOf([...times(9, 0), ...times(8, 1)], ['cat', 'dog'], judged([0, 1], [0, 1], 2))).toEqual([])
  })

  it('name empty, small and unequal labels and that nothing was held out', () => {
    const warnings = warningsOf([...times(30, 0), ...times(1, 1)], ['cat', 'dog', 'cow'])
    expect(warnings).toHaveLength(4)
    expect(warnings[0]).toMatch(/“dog” has only 1 photo /)
    expect(warnings[1]).toMatch(/“cow” has no photos/)
    expect(warnings[2]).toMatch(/“cat” has 30 photos and “dog” 1 photo:/)
    expect(warnings[3]).toMatch(/No photos were held out/)
  })

  it('name a label that is always taken for another', () => {
    const test = judged([0, 0, 1, 1, 2, 2], [0, 1, 0, 0, 2, 2], 3)
    const train = [...times(6, 0), ...times(6, 1), ...times(6, 2)]
    expect(warningsOf(train, ['cat', 'dog', 'cow'], test)).toEqual([
      'Every photo of “dog” was taken for “cat”: compare their photos.',
    ])
  })

  it('are summed up where they are about many labels', () => {
    const many = Array.from({ length: 300 }, (_, label) => `person ${label}`)
    const test = judged(
      many.flatMap((_, label) => [label, label]),
      many.flatMap((_, label) => [(label + 1) % 300, (label + 1) % 300]),
      300,
    )
    expect(
      warningsOf(
        many.slice(150).flatMap((_, label) => [label, label]),
        many,
        test,
      ),
    ).toEqual([
      '“person 0”, “person 1”, “person 2” and 147 more labels have fewer than 5 photos each to train on; add some until there are 5.',
      '“person 150”, “person 151”, “person 152” and 147 more labels have no photos to train on and will hardly ever be predicted.',
      'Every photo of “person 0”, “person 1”, “person 2” and 297 more labels was taken for another label: compare their photos.',
    ])
  })

  it('say when there was only ever one answer', () => {
    const test = judged([0, 0, 1], [0, 0, 0], 2)
    expect(warningsOf([...times(6, 0), ...times(6, 1)], ['cat', 'dog'], test)).toEqual([
      'Every photo was taken for “cat”: add photos of the others, or cut the network elsewhere.',
    ])
  })

  it('name held-out photos that are trained on too, the same or almost', () => {
    const image = (hash: string, look: string, part: Part) => ({ hash, look, part })
    const images = [
      image('a', 'ffffffffffffffff', 'train'),
      image('a', 'ffffffffffffffff', 'test'),
      image('b', 'fffffffffffffffc', 'validation'),
      image('c', '0000000000000000', 'test'),
      image('d', '00000000000000ff', 'train'),
    ]
    const sound = judged([0, 1], [0, 1], 2)
    const warnings = warningsOf([...times(6, 0), ...times(6, 1)], ['cat', 'dog'], sound, { images })
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toMatch(/^1 photo held out is also among those trained on/)
    expect(warnings[1]).toMatch(/^1 photo held out looks almost like one that is trained on/)
  })

  it('look at what leaving each out has shown where nothing is held out', () => {
    const six = [...times(6, 0), ...times(6, 1)]
    const matrix = [
      [5, 1],
      [6, 0],
    ]
    const leaveOneOut = { accuracy: 5 / 12, matrix, judged: [] }
    expect(warningsOf(six, ['cat', 'dog'], nobody, { leaveOneOut })).toEqual([
      'Every photo of “dog” was taken for “cat”: compare their photos.',
    ])
  })

  it('say that a training lost its way', () => {
    const six = [...times(6, 0), ...times(6, 1)]
    const warnings = warningsOf(six, ['cat', 'dog'], judged([0, 1], [0, 1], 2), { stopped: 'not-finite' })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/lower learning rate/)
  })
})
