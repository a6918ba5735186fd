import { expect, it } from 'vitest'
import { keptSteps, restoredSteps, storedSteps } from './kept-steps'
import type { KeptNetwork, UndoStep } from '../state/types'
import { noSteps } from './undo-steps'

const half = { layer: 'one', told: { does: 'scale', by: 2 } } as const
const cut = (id: string, tensors: readonly string[]): UndoStep => ({ kind: 'cut', id, what: 'cut', tensors })
const photos: UndoStep = { kind: 'photos', id: 'p', what: 'add', labels: [], photos: [], open: false, deal: '' }
const telling: UndoStep = {
  kind: 'telling',
  id: 't',
  what: 'say',
  layer: 'one',
  told: [],
  cut: ['net/pool:0'],
  headId: 'h',
}

it('keeps what a network needs of the steps, each kind for itself, and gives them back with their words', () => {
  const past = [cut('1', []), photos, telling, cut('2', ['net/pool:0'])]
  const steps = { ...noSteps, past, future: [cut('3', ['other:0'])] }
  expect(keptSteps(steps).map(({ id }) => id)).toEqual(['1', 't', '2'])
  const stored = storedSteps(steps)
  expect(stored).toEqual({ pastCuts: [[], ['net/pool:0']], pastTold: [[]] })
  const network = { ...stored, cut: ['a:0', 'b:0'], model: { choices: { told: [half] } } } as unknown as KeptNetwork
  const restored = restoredSteps(network)
  expect(restored).toMatchObject([
    { kind: 'telling', what: 'say what “one” does', layer: 'one', told: [], cut: null, headId: null },
    { kind: 'cut', what: 'cut at pool:0', tensors: [] },
    { kind: 'cut', what: 'cut at 2 tensors', tensors: ['net/pool:0'] },
  ])
  expect(new Set(restored.map(({ id }) => id)).size).toBe(3)
  expect(storedSteps({ ...noSteps, past: restored })).toEqual(stored)
})
