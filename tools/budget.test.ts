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
  const bundle = (...packages: string[]) => ({ first: ['a.js'], scripts: [{ file: 'a.js', packages, modules: [] }] })

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

describe('modules of ours', () => {
  const bundle = (...modules: string[]) => ({ first: ['a.js'], scripts: [{ file: 'a.js', packages: [], modules }] })
  const everywhere = ['src/heads/specs.ts', 'src/heads/linear/spec.ts', 'src/graph/graft/activations.ts']
  const training = [
    'src/heads/fits.ts',
    'src/heads/dense/fit.ts',
    'src/heads/dense/fit/steps.ts',
    'src/compute/jobs.ts',
  ]
  const onScreen = ['src/heads/panels.ts', 'src/heads/dense/panel.tsx', 'src/ui/App.tsx', 'src/store/state/state.ts']

  it('that train are in no script of the page', () => {
    expect(strangersIn({ page: bundle(...everywhere, ...training, ...onScreen) })).toEqual(
      training.map((module) => `page: a.js holds ${module}`),
    )
  })

  it('that draw or know the page are in no script of a worker', () => {
    expect(strangersIn({ 'compute.worker': bundle(...everywhere, ...training, ...onScreen) })).toEqual(
      onScreen.map((module) => `compute.worker: a.js holds ${module}`),
    )
  })
})
