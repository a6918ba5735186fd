import { describe, expect, it } from 'vitest'
import { compareSizes, strangersIn } from './budget.mjs'

const wrongOf = (size: number, budget: number): string | null => compareSizes({ page: size }, { page: budget })[0].wrong

describe('the budget', () => {
  it('lets a script grow by 3 %, and a small one by half a kilobyte', () => {
    expect(wrongOf(103_000, 100_000)).toBeNull()
    expect(wrongOf(103_001, 100_000)).toBe('is too large')
    expect(wrongOf(1500, 1000)).toBeNull()
    expect(wrongOf(1501, 1000)).toBe('is too large')
    expect(wrongOf(10, 100_000)).toBeNull()
  })

  it('asks for a line for each worker, and for none that is gone', () => {
    const lines = compareSizes({ page: 1, 'new.worker': 1 }, { page: 1, 'old.worker': 1 })
    expect(lines.map(({ name, wrong }) => [name, wrong])).toEqual([
      ['page', null],
      ['new.worker', 'has no budget'],
      ['old.worker', 'is not built any more'],
    ])
  })
})

describe('packages', () => {
  const bundle = (...packages: string[]) => ({ first: ['a.js'], scripts: [{ file: 'a.js', packages }] })

  it('of TensorFlow.js are in no script of the page', () => {
    expect(strangersIn({ page: bundle('react', '@tensorflow/tfjs-core') })).toEqual([
      'page: a.js holds @tensorflow/tfjs-core',
    ])
    expect(strangersIn({ 'compute.worker': bundle('@tensorflow/tfjs-core') })).toEqual([])
  })

  it('of the interface are in no script of a worker', () => {
    const strange = ['react', 'react-dom', '@xyflow/react', 'zustand']
    expect(strangersIn({ 'view.worker': bundle('comlink', ...strange) })).toEqual(
      strange.map((name) => `view.worker: a.js holds ${name}`),
    )
    expect(strangersIn({ page: bundle(...strange) })).toEqual([])
  })
})
