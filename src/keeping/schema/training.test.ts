import { expect, it } from 'vitest'
import { tinyProject } from '../testing/project'
import { storedTraining, storedTrainingState } from './training'

const [{ cut, preprocessing, options }] = tinyProject().heads
const step = { loss: 1, accuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5 }
const training = {
  id: 'training-1',
  network: 'net',
  on: { photos: 'p', settings: 's' },
  labels: ['cat', 'dog'],
  options,
  cut,
  preprocessing,
  history: [step, step],
  at: 7,
}
const weight = {
  id: 'w',
  values: Float32Array.of(1, 2),
  memory: [Float32Array.of(3, 4)],
  best: Float32Array.of(5, 6),
}
const state = {
  training: 'training-1',
  history: [step],
  best: 0,
  before: { loss: 2, accuracy: 0.5 },
  after: { loss: 1, accuracy: 0.5 },
  steps: 3,
  within: { steps: 1, loss: 2.5, correct: 4 },
  ms: 12,
  weights: [weight],
}

it('reads a training and its state as they were written', () => {
  expect(storedTraining(training)).toEqual(training)
  expect(storedTrainingState(state, training)).toEqual(state)
})

it.each(Object.keys(training))('reads no training without its %s', (field) => {
  expect(storedTraining({ ...training, [field]: undefined })).toBeNull()
})

it.each(Object.keys(state))('reads no state without its %s', (field) => {
  expect(storedTrainingState({ ...state, [field]: undefined }, training)).toBeNull()
})

it.each([
  ['of another training', { training: 'training-2' }],
  ['that is ahead of what was shown', { history: [step, step, step] }],
  ['whose best epoch has not passed', { best: 1 }],
  ['whose loss is no number', { after: { loss: NaN, accuracy: 0 } }],
  ['of a weight that remembers too little', { weights: [{ ...weight, memory: [Float32Array.of(1)] }] }],
  ['of a weight in plain numbers', { weights: [{ ...weight, best: [5, 6] }] }],
])('reads no state %s', (_, change) => {
  expect(storedTrainingState({ ...state, ...change }, training)).toBeNull()
})
