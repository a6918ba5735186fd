import { expect, it } from 'vitest'
import type { TailReport } from '../../types'
import { tuningTexts } from './tuning'

const tail: TailReport = {
  ...{ from: 'a:0', layers: 1, parameters: 10, epochs: 3, ms: 1, stopped: 'epochs', kept: true },
  decidedBy: { photos: 24, setAside: false },
  before: { loss: 0.3219, accuracy: 0.8 },
  after: { loss: 0.25, accuracy: 0.9 },
}

it('says what came of training the last layers, and by what that was decided', () => {
  expect(tuningTexts.outcome(tail)).toBe(
    'Training the last layer of the network helped, and what was trained is part of this head. ' +
      'Loss on 24 photos that were not learnt from: 0.322 before, 0.250 after.',
  )
  // What is kept was learnt from the others alone.
  expect(tuningTexts.outcome({ ...tail, decidedBy: { photos: 24, setAside: true } })).toBe(
    'Training the last layer of the network helped, and what was trained is part of this head. ' +
      'Loss on 24 photos set aside from those that are trained on: 0.322 before, 0.250 after. ' +
      'They count among the photos trained on, though neither head nor layers learnt from them.',
  )
  expect(tuningTexts.outcome({ ...tail, layers: 2, kept: false, decidedBy: { photos: 1, setAside: true } })).toBe(
    'Training the last 2 layers of the network did not help, so it is used as it was. ' +
      'Loss on the one photo set aside from those that are trained on: 0.322 before, 0.250 after. ' +
      'So few photos may not tell: hold out more to be surer.',
  )
})

it('says that a training lost its way', () => {
  expect(tuningTexts.outcome({ ...tail, kept: false, epochs: 0, stopped: 'not-finite' })).toMatch(
    /lost its way, so it is used as it was\. Choose a lower learning rate/,
  )
})
