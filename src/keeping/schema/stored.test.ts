import { describe, expect, it } from 'vitest'
import type { KeptRecords } from '../records'
import { tinyProject } from '../testing/project'
import { storedHeads, storedVisit } from './stored'

const { heads, photos, options } = tinyProject()
const [{ id, cut, report, preprocessing, layers, pool, tail, labels, at }] = heads

const head = {
  entry: { id, options, cut, report, trainedOn: null, bytes: 12, at },
  kept: { head: { layers, pool, tail, labels }, report, preprocessing, cut },
}
const scale = { layer: 'lambda', told: { does: 'formula', formula: 'x / 255' } }
const network = {
  model: {
    key: 'abc',
    name: 'tiny',
    from: { files: [{ path: 'model.json', key: 'model/abc/0' }] },
    choices: { told: [scale] },
  },
  output: null,
  inputs: [{ tensor: 'training:0', value: { shape: [], dtype: 'bool', data: Uint8Array.of(1) } }],
  cut: ['pool:0'],
  pastCuts: [[]],
  pastTold: [[], [scale]],
  preprocessing,
  preprocessingKnown: true,
  headOrder: [id],
  headId: id,
  at,
}
const page = photos.map((photo, order) => [order, { ...photo, perceptualHash: null }])

const records = (change: Partial<KeptRecords> = {}): KeptRecords => ({
  values: new Map<string, unknown>([
    ['labels', ['cat', 'dog']],
    ['options', options],
    ['autoTrain', true],
    ['files', 'opfs'],
    ['at', at],
  ]),
  networks: [network],
  photos: [page],
  headIds: [id],
  ...change,
})

/** The same with a field of it changed, or without it where there is no value; `path` says which, with dots. */
function changed(record: object, path: string, value?: unknown): object {
  const copy = structuredClone(record)
  const names = path.split('.')
  const last = names.pop() ?? ''
  const owner = names.reduce<Record<string, unknown>>(
    (inside, name) => inside[name] as Record<string, unknown>,
    copy as Record<string, unknown>,
  )
  if (value === undefined) Reflect.deleteProperty(owner, last)
  else owner[last] = value
  return copy
}

describe('what is stored', () => {
  it('is read without what heads did not say before: kinds of layers, and how values become features', () => {
    const before = layers.map((layer) => ({ ...layer, kind: undefined }))
    const older = { ...head, kept: { ...head.kept, head: { layers: before, labels } } }
    expect(storedHeads([older])).toEqual({ heads: [head], leftOut: 0 })
  })

  it('is read as it was written', () => {
    const { values, networks, pages, leftOut } = storedVisit(records())
    expect({ values, networks, pages, leftOut }).toEqual({
      values: { labels: ['cat', 'dog'], options, autoTrain: true, files: 'opfs', at },
      networks: [network],
      pages: [page],
      leftOut: 0,
    })
    expect(storedHeads([head])).toEqual({ heads: [head], leftOut: 0 })
  })

  it('may be nothing', () => {
    const { leftOut, networks } = storedVisit({ values: new Map(), networks: [], photos: [], headIds: [] })
    expect({ leftOut, networks }).toEqual({ leftOut: 0, networks: [] })
  })

  for (const field of Object.keys(network)) {
    it(`leaves out a network without ${field}, and nothing else`, () => {
      const read = storedVisit(records({ networks: [changed(network, field), { ...network, at: 7 }] }))
      expect(read.networks.map((one) => one.at)).toEqual([7])
      expect(read).toMatchObject({ leftOut: 1, pages: [page], values: { labels: ['cat', 'dog'] } })
    })
  }

  it.each([
    [{ layer: 'lambda', told: { does: 'eval', code: 'alert(1)' } }],
    [{ layer: 'lambda', told: { does: 'shift', mean: [], deviation: [1] } }],
    [{ layer: '', told: { does: 'identity' } }],
    [{ layer: 'lambda', told: { does: 'scale', by: NaN } }],
  ])('leaves out a network with a layer that is told %j', (told) => {
    const wrong = changed(network, 'model.choices.told', [told])
    expect(storedVisit(records({ networks: [wrong] }))).toMatchObject({ networks: [], leftOut: 1 })
  })

  it('reads cuts that were compared, and a network without', () => {
    const { advice } = tinyProject()
    const compared = { ...network, advice }
    expect(storedVisit(records({ networks: [compared, network] })).networks).toEqual([compared, network])
  })

  it.each([
    ['of which there are none', 'cuts', []],
    ['with more than all named right', 'cuts.0.accuracy', 1.5],
    ['without a key', 'on', undefined],
  ])('leaves out a network with cuts compared %s', (_, path, value) => {
    const wrong = { ...network, advice: changed(tinyProject().advice ?? {}, path, value) }
    expect(storedVisit(records({ networks: [wrong] }))).toMatchObject({ networks: [], leftOut: 1 })
  })

  it('leaves out values that do not fit, one by one', () => {
    const values = new Map<string, unknown>([
      ['labels', ['cat', 'cat']],
      ['options', { head: { kind: 'convolution' } }],
      ['autoTrain', 'yes'],
      ['at', 1e300],
      ['files', 'opfs'],
    ])
    expect(storedVisit(records({ values }))).toMatchObject({ values: { files: 'opfs' }, leftOut: 4 })
  })

  it('leaves out a photo that lacks a field or is there twice', () => {
    const [first, second] = page
    const pages = [[first, [5, changed(second[1] as object, 'hash')]], 'no page', [[40, first[1]]]]
    const read = storedVisit(records({ photos: pages }))
    expect(read.pages).toEqual([[first], []])
    expect(read.leftOut).toBe(2)
  })

  const broken: Readonly<Record<string, object>> = {
    'without a report': changed(head, 'kept.report'),
    'without layers': changed(head, 'kept.head.layers', []),
    'whose bias is too short': changed(head, 'kept.head.layers.1.bias', Float32Array.of(1)),
    'whose weights are plain numbers': changed(head, 'kept.head.layers.0.kernel', [1, 2, 3]),
    'whose report has no labels': changed(head, 'entry.report.labels', []),
    'that predicts a label which is not there': changed(head, 'entry.report.evaluated.0.predicted', 2),
    'trained at no time': changed(head, 'entry.at', Infinity),
  }
  for (const [what, record] of Object.entries(broken)) {
    it(`leaves out a head ${what}`, () => {
      expect(storedHeads([record, head])).toEqual({ heads: [head], leftOut: 1 })
    })
  }
})
