import { expect, test, vi } from 'vitest'
import { CutpointError } from '../../errors'
import { askWhichModel, foundModels, leaveFound, openFound, useModelsAsked } from './which-model'

const severalModels = (details: Record<string, unknown>) =>
  new CutpointError('several-models', 'There are 2 models in these files.', 'Choose one of them.', details)

test('files and parts of files are told apart', () => {
  const error = severalModels({ models: ['a/model.json', 'b/saved_model.pb#serve/predict'], formats: ['graph model'] })
  expect(foundModels(error)).toEqual([
    { choice: 'a/model.json', path: 'a/model.json', part: null, format: 'graph model' },
    { choice: 'b/saved_model.pb#serve/predict', path: 'b/saved_model.pb', part: 'serve/predict', format: null },
  ])
})

test('the one chosen is opened once, and nothing is asked any more', () => {
  const open = vi.fn()
  expect(askWhichModel(severalModels({ models: ['a', 'b'] }), open)).toBe(true)
  openFound('b')
  openFound('a')
  expect(open.mock.calls).toEqual([['b']])
  expect(useModelsAsked.getState().asked).toBeNull()
})

test('leaving opens none, and an error that lists nothing asks nothing', () => {
  const open = vi.fn()
  askWhichModel(severalModels({ models: ['a', 'b'] }), open)
  leaveFound()
  openFound('a')
  expect(open).not.toHaveBeenCalled()
  expect(askWhichModel(severalModels({}), open)).toBe(false)
})
