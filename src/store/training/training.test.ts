import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import type { Photo } from '../state/types'
import { beginStore } from '../testing/begin'
import type { FateOf } from '../testing/fate'

/** Milliseconds after which a cancelled job that has not stopped has its worker ended. */
const patience = 4_000

const photo = (id: string, label: string): Photo => ({
  ...{ id, label, name: `${id}.png`, part: 'train', pinned: false, hash: id, perceptualHash: null, group: null },
  ...{ width: 4, height: 4 },
})

/** The store, with a model that is cut, photos of two labels, and a head trained on them that does not train by itself. */
async function begun() {
  const store = await beginStore()
  const training = await import('./training')
  const { features, exportFeatures } = await import('./features')
  const { cut } = await import('../model/cut')
  const { heads } = await import('../model/heads')
  const { runModel } = await import('../model/run')
  const { cancelAll } = await import('../workers/jobs')
  const { predict } = await import('./predict')
  const { fakes, getState, setState } = store
  await cut(['pool:0'])
  setState({ labels: ['a', 'b'], photos: [photo('1', 'a'), photo('2', 'b')], autoTrain: false })
  await training.train()
  setState({ notices: [] })
  const before = getState()
  const lives = fakes.lives.length
  /** That page and worker are where they were, with this head as the current one. */
  const expectWhole = (head: unknown): void => {
    const { model, cut: made, jobs } = getState()
    expect(jobs).toEqual([])
    expect(model).toBe(before.model)
    expect(made).toBe(before.cut)
    expect(heads.current()).toBe(head)
    expect(fakes.latest).toMatchObject({ model: model?.id, cut: ['pool:0'], head, terminated: false })
  }
  const cancel = async (): Promise<void> => {
    const cancelled = cancelAll()
    await vi.advanceTimersByTimeAsync(patience)
    await cancelled
  }
  return {
    ...store,
    ...training,
    features,
    exportFeatures,
    runModel,
    predict,
    heads,
    before,
    lives,
    expectWhole,
    cancel,
  }
}

type Store = Awaited<ReturnType<typeof begun>>

/** Long work in the compute worker, by the call that it makes there. */
const works: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  train: ({ train }) => train({ head: { kind: 'linear', l2: 1 } }),
  predict: ({ predict }) => predict(new Blob(['photo'])),
  features: ({ features }) => features(),
  exportFeatures: ({ exportFeatures }) => exportFeatures('npz'),
  export: ({ exportModel }) => exportModel('tfjs-graph'),
  run: ({ runModel }) => runModel({}, ['out:0']),
}

/** The fate of the calls of that name, in lives up to that one. */
const fated =
  (fate: ReturnType<FateOf>, name: string, upTo = Infinity): FateOf =>
  (life, _, called) =>
    called === name && life <= upTo ? fate : 'answers'

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof CutpointError ? error.code : error),
  )

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe.each(Object.entries(works))('%s', (name, work) => {
  it('is done all the same where the worker dies over it once', async () => {
    const store = await begun()
    const { fakes, heads, lives, expectWhole, before } = store
    fakes.fate = fated('dies', name, lives)
    expect(await codeOf(work(store))).toBeNull()
    expect(fakes.lives).toHaveLength(lives + 1)
    expect(store.getState().heads).toHaveLength(name === 'train' ? 2 : 1)
    expectWhole(name === 'train' ? heads.all()[1].kept : heads.trained(before.headId ?? ''))
  })

  it('is given up where each worker dies over it, and all else is there', async () => {
    const store = await begun()
    const { fakes, heads, expectWhole, before } = store
    fakes.fate = fated('dies', name)
    expect(await codeOf(work(store))).toBe('worker-died')
    await vi.advanceTimersByTimeAsync(0)
    expect(store.getState().heads).toEqual(before.heads)
    expectWhole(heads.trained(before.headId ?? ''))
  })

  it('is cancelled where it hangs, by a worker in its place, and all else is there', async () => {
    const store = await begun()
    const { fakes, heads, lives, cancel, expectWhole, before } = store
    fakes.fate = fated('hangs', name, lives)
    const code = codeOf(work(store))
    await vi.advanceTimersByTimeAsync(0)
    await cancel()
    expect(await code).toBe('cancelled')
    expect(store.getState().heads).toEqual(before.heads)
    expectWhole(heads.trained(before.headId ?? ''))
  })

  it('leaves all as it was where it fails', async () => {
    const store = await begun()
    const { fakes, heads, lives, expectWhole, before } = store
    fakes.fate = fated(new CutpointError('run-failed', 'It does not run.', ''), name)
    expect(await codeOf(work(store))).toBe('run-failed')
    expect(fakes.lives).toHaveLength(lives)
    expect(store.getState().heads).toEqual(before.heads)
    expectWhole(heads.trained(before.headId ?? ''))
  })
})

it('a head that was trained is the current one where the worker dies while it is made that', async () => {
  const store = await begun()
  const { fakes, heads, lives, train, expectWhole, getState } = store
  fakes.fate = fated('dies', 'restoreHead', lives)
  await train({ head: { kind: 'linear', l2: 1 } })
  expect(getState().heads).toHaveLength(2)
  expectWhole(heads.all()[1].kept)
})
