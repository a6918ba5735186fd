import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CutpointError } from '../errors'
import { checkHead, completeHead, firstHead, headKinds, specOf, storedHead, type HeadOptions } from './specs'

/** Code and sentences with which it is refused; null where it is taken. */
function refusal(head: unknown): unknown {
  const options = head as HeadOptions
  try {
    checkHead(options.kind, options)
    return null
  } catch (error) {
    return error instanceof CutpointError ? [error.code, error.message, error.next] : error
  }
}

describe.each(headKinds)('a head of the kind %s', (kind) => {
  it('is taken as it is offered first, and read as it was kept', () => {
    const { kind: own, defaults } = specOf(kind)
    expect([own, defaults.kind]).toEqual([kind, kind])
    expect(refusal(defaults)).toBeNull()
    expect(v.parse(storedHead, structuredClone(defaults))).toEqual(defaults)
  })
})

describe('options', () => {
  it('begin with the linear head, which comes first', () => {
    expect(headKinds[0]).toBe('linear')
    expect(firstHead).toEqual({ kind: 'linear', l2: 0.03, scale: 'global' })
  })

  it('of a kind that there is not are refused', () => {
    const next = expect.stringMatching(/^Use kind “linear”(, “\w+”)* or “\w+”\.$/) as string
    for (const kind of ['forest', 'constructor', undefined]) {
      expect(refusal({ kind })).toEqual(['bad-option', `There is no head of the kind “${kind}”.`, next])
    }
    for (const kind of headKinds) expect(refusal({})).toContainEqual(expect.stringContaining(`“${kind}”`))
    expect(v.safeParse(storedHead, { kind: 'forest', l2: 1 }).success).toBe(false)
  })

  it.each([0, -1, NaN, Infinity, '0.1'])('of a linear head are refused with a penalty of %s', (l2) => {
    expect(refusal({ kind: 'linear', l2 })).toEqual([
      'bad-option',
      expect.stringMatching(/^The penalty l2 /),
      expect.any(String),
    ])
  })

  it('of a linear head are refused with another scale', () => {
    expect(refusal({ kind: 'linear', l2: 0.1, scale: 'some' })).toEqual([
      'bad-option',
      'There is no scale “some”.',
      'Use one of global, each.',
    ])
  })

  it('of a linear head from before its scale could be chosen are of the scale that it had', () => {
    expect(v.parse(storedHead, { kind: 'linear', l2: 0.1 })).toEqual({ kind: 'linear', l2: 0.1, scale: 'each' })
  })

  it('of hidden layers from before more could be chosen are of what was so', () => {
    const old = {
      ...{ kind: 'dense', hidden: [8], dropout: 0, optimizer: 'sgd', learningRate: 0.1 },
      ...{ epochs: 5, batchSize: 4, patience: 0 },
    }
    expect(v.parse(storedHead, old)).toEqual({ ...old, ...specOf('dense').before })
    const chosen = { ...old, ...specOf('dense').before, schedule: { every: 3, factor: 0.5 }, initializer: 'he_normal' }
    expect(v.parse(storedHead, chosen)).toEqual(chosen)
  })

  it('that are left out are as they are offered first', () => {
    expect(completeHead({ kind: 'linear', l2: 0.5 })).toEqual({ kind: 'linear', l2: 0.5, scale: 'global' })
    expect(completeHead({ kind: 'dense', hidden: [4] })).toEqual({ ...specOf('dense').defaults, hidden: [4] })
    expect(completeHead({ kind: 'toString' as 'linear' })).toEqual({ kind: 'toString' })
  })

  it.each([
    [{ kernel: 'poly' }, /no kernel “poly”/],
    [{ c: 0 }, /cost c/],
    [{ c: 'some' }, /cost c/],
    [{ gamma: -1 }, /width gamma/],
    [{ gamma: Infinity }, /width gamma/],
  ])('of support vectors are refused with %j', (change, why) => {
    const wrong = { ...specOf('svm').defaults, ...change }
    expect(refusal(wrong)).toEqual(['bad-option', expect.stringMatching(why), expect.any(String)])
  })

  it.each([0, 1.5, 1001, '3'])('of nearest neighbours are refused with %s of them', (k) => {
    expect(refusal({ kind: 'knn', k })).toEqual([
      'bad-option',
      expect.stringMatching(/number of neighbours/),
      expect.any(String),
    ])
  })

  const dense = specOf('dense').defaults
  it.each([
    [{ pool: 'median' }, /no pooling “median”/],
    [{ hidden: [] }, /hidden layers/],
    [{ hidden: [8, 8, 8, 8] }, /hidden layers/],
    [{ hidden: [0] }, /hidden layers/],
    [{ hidden: 128 }, /hidden layers/],
    [{ dropout: 1 }, /Dropout/],
    [{ optimizer: 'lion' }, /no optimizer “lion”/],
    [{ learningRate: 0 }, /learning rate/],
    [{ epochs: 0 }, /number of epochs/],
    [{ batchSize: 1.5 }, /batch size/],
    [{ patience: -1 }, /patience/],
    [{ mix: 'mosaic' }, /no mixing “mosaic”/],
    [{ mix: 'cutmix' }, /needs maps/],
    [{ mix: 'mixup', mixAlpha: 0 }, /α of mixing/],
    [{ mix: 'mixup', mixAlpha: NaN }, /α of mixing/],
    [{ schedule: 'linear' }, /schedule/],
    [{ schedule: null }, /schedule/],
    [{ schedule: { every: 0, factor: 0.5 } }, /schedule/],
    [{ schedule: { every: 5, factor: 2 } }, /schedule/],
    [{ warmup: 0.5 }, /warm-up/],
    [{ weightDecay: -0.1 }, /weight decay/],
    [{ labelSmoothing: 1 }, /smoothing/],
    [{ clipNorm: Infinity }, /clipNorm/],
    [{ initializer: 'ones' }, /no initializer “ones”/],
  ])('of hidden layers are refused with %j', (change, why) => {
    expect(refusal({ ...dense, ...change })).toEqual(['bad-option', expect.stringMatching(why), expect.any(String)])
  })
})
