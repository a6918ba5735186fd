import { describe, expect, it } from 'vitest'
import { steps, type Step } from '../../steps'
import { nextStep, statusOf } from './step-status'
import { initialState, type State } from '../state/state'
import type { HeadEntry, Photo } from '../state/types'
import { trainingKey } from '../training/trained-on'

const photo = (label: string) => ({ label }) as Photo
const with1 = { graph: { id: 1 }, model: { id: 1, otherInputs: [], tellable: [] } } as unknown as Partial<State>
const all = (change: Partial<State>): Record<Step, string> => {
  const state = { ...initialState, ...change }
  return Object.fromEntries(steps.map((step) => [step, statusOf(step, state)])) as Record<Step, string>
}
const cut = { summary: { tensors: ['pool:0'] } } as unknown as State['cut']
const photos = [photo('cat'), photo('dog')]
/** With a head of what there is then. */
const trained = (change: Partial<State>): Partial<State> => {
  const trainedOn = trainingKey({ ...initialState, ...change })
  return { ...change, heads: [{ id: 'head', trainedOn } as HeadEntry], headId: 'head' }
}

describe('the steps of the way', () => {
  it('begin with the model, and go on one by one', () => {
    expect(nextStep(initialState)).toBe('model')
    expect(all(with1)).toEqual({ model: 'done', cut: 'next', photos: 'later', train: 'later', try: 'later' })
    expect(all({ ...with1, cut })).toMatchObject({ cut: 'done', photos: 'next' })
    expect(all({ ...with1, cut, photos })).toMatchObject({ photos: 'done', train: 'next', try: 'later' })
    expect(all(trained({ ...with1, cut, photos }))).toMatchObject({ train: 'done', try: 'next' })
  })

  it('photos of one label alone are not enough', () => {
    expect(all({ ...with1, cut, photos: [photo('cat'), photo('cat')] })).toMatchObject({ photos: 'next' })
  })

  it('a head of before the last change is to be trained again', () => {
    const changed = { ...trained({ ...with1, cut, photos }), photos: [...photos, photo('owl')] }
    expect(all(changed)).toMatchObject({ train: 'again', try: 'later' })
    // No photo is left.
    expect(all({ ...changed, photos: [] })).toMatchObject({ photos: 'next', train: 'again', try: 'later' })
  })

  it('a step done early stays done, and the one before it is next', () => {
    expect(all({ ...with1, photos })).toMatchObject({ cut: 'next', photos: 'done', train: 'later' })
  })
})
