import { expect, it } from 'vitest'
import { headWithTrainedOn, networkWithoutStale } from './older-heads'
import { headWithoutMatrices, headWithPredicted, pageWithPerceptualHashes, projectWithPredicted } from './older-reports'
import { storedHeads } from './schema/stored'
import { tinyProject } from './testing/project'
import { networkIn, withPastTold } from './upgrades'

it('makes the one network of version 1 a record of its own', () => {
  const model = { key: 'abc', name: 'small', from: { files: [] }, choices: {} }
  const values = new Map<string, unknown>([
    ['labels', ['cat']],
    ['model', model],
    ['inputs', null],
    ['cut', ['pool:0']],
    ['headOrder', ['head-1']],
    ['headId', 'head-1'],
    ['at', 1234],
  ])
  expect(networkIn(values)).toEqual({
    key: 'abc',
    record: {
      model,
      output: null,
      inputs: [],
      cut: ['pool:0'],
      pastCuts: [],
      preprocessing: null,
      preprocessingKnown: true,
      headOrder: ['head-1'],
      headId: 'head-1',
      stale: false,
      at: 1234,
    },
  })
  expect(networkIn(new Map([['model', null]]))).toBeNull()
})

it('takes the matrices out of the reports of version 2', () => {
  const [{ id, cut, report, options, preprocessing, layers, labels, at }] = tinyProject().heads
  const old = {
    ...report,
    confusion: { part: 'test', matrix: [[1]] },
    leaveOneOut: { accuracy: 1, matrix: [[1]], evaluated: [] },
  }
  const head = (one: object): object => ({
    entry: { id, options, cut, report: one, trainedOn: null, bytes: 12, at },
    kept: { head: { layers, labels }, report: one, preprocessing, cut },
  })
  const now = headWithoutMatrices(head(old))
  expect(now).toStrictEqual(head({ ...report, leaveOneOut: { accuracy: 1, evaluated: [] } }))
  const { heads } = storedHeads([now])
  // One object in memory, not two.
  expect(heads[0].kept.report).toBe(heads[0].entry.report)
  expect(headWithoutMatrices('no head')).toBe('no head')
})

it('gives the networks of version 3 nothing that was told before', () => {
  expect(withPastTold({ cut: ['pool:0'] })).toEqual({ cut: ['pool:0'], pastTold: [] })
  expect(withPastTold('broken')).toBe('broken')
})

it('has each head of version 4 say what it was trained on, by what the networks said', () => {
  const networks = [
    { headId: 'one', stale: false },
    { headId: 'two', stale: true },
    { headId: null, stale: false },
  ]
  const trainedOn = (id: string): unknown => headWithTrainedOn({ entry: { id }, kept: {} }, networks)
  const nothing = { photos: '', settings: '' }
  expect(trainedOn('one')).toEqual({ entry: { id: 'one', trainedOn: null }, kept: {} })
  expect(trainedOn('two')).toEqual({ entry: { id: 'two', trainedOn: nothing }, kept: {} })
  expect(trainedOn('three')).toEqual({ entry: { id: 'three', trainedOn: nothing }, kept: {} })
  expect(headWithTrainedOn('broken', networks)).toBe('broken')
  expect(networks.map(networkWithoutStale)).toEqual([{ headId: 'one' }, { headId: 'two' }, { headId: null }])
})

it('names in the reports of version 5 what was predicted', () => {
  const image = { image: 'photo-1', part: 'test', label: 0, confidence: 0.9 }
  const old = {
    accuracy: { test: 0 },
    features: { count: 2 },
    judged: [{ ...image, said: 1 }],
    leaveOneOut: { accuracy: 1, judged: [{ ...image, said: 0 }] },
    judgeMs: 3,
  }
  const now = {
    accuracy: { test: 0 },
    // Not known: exported for one picture at a time.
    features: { count: 2, oneByOne: true },
    evaluated: [{ ...image, predicted: 1 }],
    leaveOneOut: { accuracy: 1, evaluated: [{ ...image, predicted: 0 }] },
    evaluateMs: 3,
  }
  expect(headWithPredicted({ entry: { id: 'one', report: old }, kept: { cut: [], report: old } })).toStrictEqual({
    entry: { id: 'one', report: now },
    kept: { cut: [], report: now },
  })
  expect(
    projectWithPredicted({ version: 3, heads: [{ id: 'one', report: { ...old, leaveOneOut: null } }, 7] }),
  ).toEqual({
    version: 4,
    heads: [{ id: 'one', report: { ...now, leaveOneOut: null } }, 7],
  })
  expect(headWithPredicted('broken')).toBe('broken')
})

it('names the perceptual hashes in the photos of version 5', () => {
  expect(pageWithPerceptualHashes([[3, { id: 'a', look: 'ff00' }], [4, { id: 'b', look: null }], 'broken'])).toEqual([
    [3, { id: 'a', perceptualHash: 'ff00' }],
    [4, { id: 'b', perceptualHash: null }],
    'broken',
  ])
  expect(pageWithPerceptualHashes('broken')).toBe('broken')
})
