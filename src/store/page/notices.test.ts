import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CutpointError, type ErrorCode } from '../../errors'
import { isPassing, startForgettingOpening, tell, tellError } from './notices'
import { getState, initialState, setState } from '../state/state'
import type { ModelState } from '../state/types'

const failed = (code: ErrorCode) => tellError(new CutpointError(code, `It is ${code}.`, 'Try again.'))
const titles = () => getState().notices.map(({ title }) => title)
const model = (id: number): ModelState => ({
  id,
  from: { files: [] },
  choices: { key: 'net' },
  kept: null,
  summary: {
    name: 'net',
    format: 'tfjs-graph',
    nodes: 1,
    weights: 0,
    bytes: 0,
    inputs: [],
    outputs: [],
    suggestedCut: null,
    labels: null,
    warnings: [],
  },
  image: null,
  output: null,
  otherInputs: [],
  classifies: false,
  inputSize: { width: null, height: null },
  preprocessing: null,
  preprocessingKnown: false,
  preprocessingBasis: 'assumed',
  measurable: false,
  blocked: [],
  tellable: [],
  noPicture: null,
  samePicture: [],
})

describe('notices', () => {
  beforeAll(startForgettingOpening)
  beforeEach(() => setState(initialState))

  it('of models that could not be opened go when one is open; others stay', () => {
    failed('bad-image')
    failed('missing-shards')
    tell({
      kind: 'remark',
      title: 'Which one?',
      text: '',
      error: { code: 'several-models', message: '', next: '', details: {} },
    })
    setState({ model: model(1) })
    expect(titles()).toEqual(['It is bad-image.'])
    failed('bad-json')
    setState({ model: { ...model(1), output: 'y:0' } })
    expect(titles()).toEqual(['It is bad-json.', 'It is bad-image.'])
    setState({ model: model(2) })
    expect(titles()).toEqual(['It is bad-image.'])
  })

  it('pass by themselves only where there is nothing to do and no list to read', () => {
    failed('bad-image')
    tell({ kind: 'remark', title: 'a', text: '' })
    tell({ kind: 'remark', title: 'b', text: '', action: { label: 'Do it', run: () => undefined } })
    tell({ kind: 'remark', title: 'c', text: '', rejected: [{ name: 'x.txt', reason: 'No picture.' }] })
    expect(
      getState()
        .notices.filter(isPassing)
        .map(({ title }) => title),
    ).toEqual(['a'])
  })

  it('show what turns text round in names of files, written out', () => {
    const name = 'cat\u202egpj'
    tell({
      kind: 'remark',
      title: `${name} is open`,
      text: `More of ${name}.`,
      rejected: [{ name, reason: `In ${name}.` }],
      action: { label: `Close ${name}`, run: () => undefined },
    })
    expect(getState().notices.at(0)).toMatchObject({
      title: 'cat[U+202E]gpj is open',
      text: 'More of cat[U+202E]gpj.',
      rejected: [{ name: 'cat[U+202E]gpj', reason: 'In cat[U+202E]gpj.' }],
      action: { label: 'Close cat[U+202E]gpj' },
    })
  })
})
