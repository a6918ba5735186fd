import { beforeAll, beforeEach, expect, it } from 'vitest'
import { getState, initialState, setState } from '../state/state'
import type { HeadEntry, ModelState } from '../state/types'
import { removeTried, startAskingAgain } from './tried'

const modelOf = (id: number): ModelState => ({ id, output: null }) as ModelState
const photo = (id: string) => ({ id, name: id, image: new Blob(), url: '', predictions: [], addedTo: null })

const shown = (): string[] => getState().tried.map(({ id }) => id)

beforeAll(startAskingAgain)

beforeEach(() => {
  setState({ ...initialState, model: modelOf(1) })
  setState({ tried: [photo('a'), photo('b')] })
})

it('takes photos off the screen one by one', () => {
  removeTried('a')
  expect(shown()).toEqual(['b'])
})

it('takes what was tried off the screen with another model, also where no head was trained', () => {
  setState({ model: modelOf(2) })
  expect(shown()).toEqual([])
})

it('takes what was tried off the screen with a model that comes with a head of its own', () => {
  setState({ model: modelOf(2), heads: [{ id: 'head', report: {} } as HeadEntry], headId: 'head' })
  expect(shown()).toEqual([])
})

it('takes what was tried off the screen where the model goes', () => {
  setState({ model: null })
  expect(shown()).toEqual([])
})

it('keeps what was tried while the same model gets another output', () => {
  setState({ model: { ...modelOf(1), output: 'logits:0' } })
  expect(shown()).toEqual(['a', 'b'])
})
