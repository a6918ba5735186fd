import { describe, expect, it } from 'vitest'
import type { EvaluatedImage, Part } from '../../types'
import { softmaxLayer } from './testing/softmax-layer'
import { evaluate, sumUp } from './evaluate'
import { createPace } from './pace'
import { probabilities } from './probabilities'
import { trainWarnings, type Concerning } from './warnings'

const labels = ['cat', 'dog', 'cow']

/** Images of a part with their labels, and what was predicted for them. */
const evaluated = (part: Part, classes: readonly number[], predicted: readonly number[]): EvaluatedImage[] =>
  classes.map((label, index) => ({
    image: `${part} ${index}`,
    part,
    label,
    predicted: predicted[index],
    confidence: 0.8,
  }))

const tested = (classes: readonly number[], predicted: readonly number[]): EvaluatedImage[] =>
  evaluated('test', classes, predicted)

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

describe('evaluating', () => {
  const three = evaluated('test', [0, 0, 1, 2, 2], [0, 1, 1, 2, 0])

  it('counts what is right in each part', () => {
    expect(sumUp([...three, ...evaluated('train', [0, 1], [0, 1])])).toEqual({
      images: { train: 2, validation: 0, test: 5 },
      accuracy: { train: 1, validation: null, test: 3 / 5 },
    })
  })

  it('says of each photo the likeliest label, the first of equals', async () => {
    const head = {
      layers: [softmaxLayer({ kernel: Float32Array.of(1, 1, -1), bias: new Float32Array(3) })],
      pool: 'average' as const,
      tail: null,
      labels,
    }
    const images = [
      { id: 'a', part: 'train' as const },
      { id: 'b', part: 'test' as const },
    ]
    const given = { images, classes: Int32Array.of(2, 2), data: Float32Array.of(1, -1), length: 1 }
    const [a, b] = await evaluate(given, head, createPace())
    expect(a).toMatchObject({ image: 'a', part: 'train', label: 2, predicted: 0 })
    expect(b).toMatchObject({ image: 'b', part: 'test', label: 2, predicted: 2 })
    expect(b.confidence).toBeCloseTo(Math.E / (Math.E + 2 / Math.E), 6)
  })
})

describe('warnings', () => {
  const warningsOf = (
    train: number[],
    names: string[],
    test: readonly EvaluatedImage[] = [],
    change: Partial<Concerning> = {},
  ): string[] =>
    trainWarnings({
      labels: names,
      images: [],
      evaluated: [...evaluated('train', train, train), ...test],
      leaveOneOut: null,
      stopped: 'converged',
      ...change,
    })
  const times = (count: number, label: number): number[] => new Array<number>(count).fill(label)

  it('are none for a sound training', () => {
    expect(warningsOf([...times(9, 0), ...times(8, 1)], ['cat', 'dog'], tested([0, 1], [0, 1]))).toEqual([])
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
    const test = tested([0, 0, 1, 1, 2, 2], [0, 1, 0, 0, 2, 2])
    const train = [...times(6, 0), ...times(6, 1), ...times(6, 2)]
    expect(warningsOf(train, ['cat', 'dog', 'cow'], test)).toEqual([
      'Every photo of “dog” was taken for “cat”: compare their photos.',
    ])
  })

  it('are summed up where they are about many labels', () => {
    const many = Array.from({ length: 300 }, (_, label) => `person ${label}`)
    const test = tested(
      many.flatMap((_, label) => [label, label]),
      many.flatMap((_, label) => [(label + 1) % 300, (label + 1) % 300]),
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
    const test = tested([0, 0, 1], [0, 0, 0])
    expect(warningsOf([...times(6, 0), ...times(6, 1)], ['cat', 'dog'], test)).toEqual([
      'Every photo was taken for “cat”: add photos of the others, or cut the network elsewhere.',
    ])
  })

  it('name held-out photos that are trained on too, the same or almost', () => {
    const image = (hash: string, perceptualHash: string, part: Part) => ({ hash, perceptualHash, part })
    const images = [
      image('a', 'ffffffffffffffff', 'train'),
      image('a', 'ffffffffffffffff', 'test'),
      image('b', 'fffffffffffffffc', 'validation'),
      image('c', '0000000000000000', 'test'),
      image('d', '00000000000000ff', 'train'),
    ]
    const sound = tested([0, 1], [0, 1])
    const warnings = warningsOf([...times(6, 0), ...times(6, 1)], ['cat', 'dog'], sound, { images })
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toMatch(/^1 photo held out is also among those trained on/)
    expect(warnings[1]).toMatch(/^1 photo held out looks almost like one that is trained on/)
  })

  it('look at what leaving each out has shown where nothing is held out', () => {
    const six = [...times(6, 0), ...times(6, 1)]
    const predicted = [...times(5, 0), 1, ...times(6, 0)]
    const leaveOneOut = { accuracy: 5 / 12, evaluated: evaluated('train', six, predicted) }
    expect(warningsOf(six, ['cat', 'dog'], [], { leaveOneOut })).toEqual([
      'Every photo of “dog” was taken for “cat”: compare their photos.',
    ])
  })

  it('say that a training lost its way', () => {
    const six = [...times(6, 0), ...times(6, 1)]
    const warnings = warningsOf(six, ['cat', 'dog'], tested([0, 1], [0, 1]), { stopped: 'not-finite' })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/lower learning rate/)
  })

  it('say that a training took too many steps to end', () => {
    const six = [...times(6, 0), ...times(6, 1)]
    const warnings = warningsOf(six, ['cat', 'dog'], tested([0, 1], [0, 1]), { stopped: 'iterations' })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/stopped before it was at its optimum: a smaller cost C/)
  })
})
