import { describe, expect, it } from 'vitest'
import type { CutAdvice } from '../../types'
import { namedCuts } from './named-cuts'

const cut = (name: string, accuracy: number, bytes: number, multiplyAdds = bytes, error = 0.04): CutAdvice => ({
  tensors: [name],
  featureLength: 1,
  ...{ accuracy, error, multiplyAdds, bytes },
})

const named = (cuts: readonly CutAdvice[]): [string, readonly string[]][] =>
  namedCuts(cuts).map(({ cut: { tensors }, names }) => [tensors[0], names])

describe('the cuts that are named', () => {
  it('are the best, the smallest within one standard error of it, and the fastest within two', () => {
    const cuts = [cut('early', 0.5, 1), cut('fast', 0.73, 2), cut('small', 0.77, 3), cut('best', 0.8, 4)]
    expect(named(cuts)).toEqual([
      ['best', ['best']],
      ['small', ['smallest']],
      ['fast', ['fastest']],
    ])
  })

  it('may be one and the same', () => {
    expect(named([cut('early', 0.3, 1), cut('late', 0.9, 4)])).toEqual([['late', ['best', 'smallest', 'fastest']]])
  })

  it('are told by the error of the best, not by their own', () => {
    expect(named([cut('unsure', 0.7, 1, 1, 0.5), cut('best', 0.9, 4)])).toEqual([
      ['best', ['best', 'smallest', 'fastest']],
    ])
  })

  it('are of equals the one that computes least', () => {
    expect(named([cut('less', 0.8, 5, 1), cut('more', 0.8, 5, 2)])[0]).toEqual([
      'less',
      ['best', 'smallest', 'fastest'],
    ])
  })

  it('are none where nothing was compared', () => {
    expect(named([])).toEqual([])
  })
})
