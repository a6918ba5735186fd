import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { TrainedHead } from '../../workers/compute'
import { beginStore } from '../testing/begin'

/** The store with one model open and cut, and two heads trained on it. */
async function begun() {
  const store = await beginStore()
  const { cut } = await import('./cut')
  const { chooseHead, heads, removeHead } = await import('./heads')
  const model = await import('./model')
  const opening = await import('./opening')
  const { closeModel } = await import('./open-model')
  const { tryPhoto } = await import('../training/tried')
  await cut(['pool:0'])
  const { preprocessing } = store.getState()
  const head = { report: { accuracy: 1 }, cut: ['pool:0'], preprocessing, head: { layers: [], labels: ['a', 'b'] } }
  for (const id of ['first', 'second'])
    await heads.add({ ...head, id } as unknown as TrainedHead, store.getState(), null)
  const { fakes } = store
  /** Has the next calls of that name answered only when the function that is returned is called. */
  const holdUp = (name: string): (() => void) => {
    const gate = deferred<undefined>()
    fakes.fate = (_, __, called) => (called === name ? gate.promise : 'answers')
    return () => gate.resolve(undefined)
  }
  return { ...store, ...model, ...opening, cut, chooseHead, removeHead, heads, closeModel, tryPhoto, holdUp }
}

type Store = Awaited<ReturnType<typeof begun>>

/** The code with which something fails; null where it does not. */
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof CutpointError ? error.code : String(error)),
  )

const files = (name: string) => ({ files: [{ path: `${name}.pb`, blob: new Blob([name]) }] })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe('models that are opened at once', () => {
  it('are opened one after another: what comes with one reaches no other', async () => {
    const { fakes, openTogether, open, getState } = await begun()
    const met: (number | null)[] = []
    const together = openTogether(
      files('one'),
      {},
      {
        prepare: async (worker, opened, id) => {
          await worker.setInput(id, 'x:0', { shape: [], dtype: 'float32', data: new Float32Array(1) })
          met.push(fakes.latest.model)
          return opened
        },
        state: () => {
          met.push(fakes.latest.model)
          return {}
        },
      },
    )
    const other = open('two')
    await together
    const first = getState().model?.id
    await other
    expect(met).toEqual([first, first])
    expect(getState().model?.id).toBeGreaterThan(first ?? 0)
    expect(fakes.latest.model).toBe(getState().model?.id)
  })

  it('wait no longer than until they are cancelled, or the one before has failed', async () => {
    const { fakes, open, getState } = await begun()
    const { cancelJob } = await import('../workers/jobs')
    fakes.fate = (_, __, name) => (name === 'open' ? 'obeys' : 'answers')
    const [stuck, waiting] = [codeOf(open('stuck')), codeOf(open('waiting'))]
    await vi.advanceTimersByTimeAsync(0)
    const [first, second] = getState().jobs
    await cancelJob(second.id)
    expect(await waiting).toBe('cancelled')
    fakes.fate = (_, __, name, args) => (name === 'open' && args[0] === first.id ? 'obeys' : 'answers')
    const third = open('third')
    await cancelJob(first.id)
    expect(await stuck).toBe('cancelled')
    await third
    expect(fakes.latest.model).toBe(getState().model?.id)
    expect(getState().jobs).toEqual([])
  })
})

/** Work on the open model that takes its time, with the call of the compute worker that it waits for. */
const late: Readonly<Record<string, { readonly call: string; readonly begin: (store: Store) => Promise<unknown> }>> = {
  'a cut': { call: 'cut', begin: ({ cut }) => cut(['late:0']) },
  'a value of an input': {
    call: 'setInput',
    begin: ({ setInputValue }) => setInputValue('x:0', { shape: [], dtype: 'float32', data: new Float32Array(1) }),
  },
  'a chosen output': { call: 'chooseOutput', begin: ({ chooseOutput }) => chooseOutput('other:0') },
  'names of classes': {
    call: 'nameClasses',
    begin: ({ nameClasses }) => nameClasses({ path: 'labels.txt', blob: new File(['a'], 'labels.txt') }),
  },
  'a chosen head': { call: 'restoreHead', begin: ({ chooseHead, getState }) => chooseHead(getState().heads[0].id) },
  'a head that was taken away': {
    call: 'restoreHead',
    begin: ({ removeHead, getState }) => removeHead(getState().headId ?? ''),
  },
  'heads that come back': {
    call: 'restoreHead',
    begin: ({ heads, getState }) => heads.restore(heads.all(), getState().headId),
  },
  'a trained head': {
    call: 'restoreHead',
    begin: ({ heads, getState }) => heads.add(heads.all()[0].kept, getState(), null),
  },
  'a tried photo': { call: 'predict', begin: ({ tryPhoto }) => tryPhoto(new Blob(['photo']), 'photo') },
}

describe.each(Object.entries(late))('%s that is done when another model is open', (_, { call, begin }) => {
  it.each(['opened', 'closed'])('changes nothing of it: %s', async (how) => {
    const store = await begun()
    const { getState, holdUp, open, closeModel, setState } = store
    const release = holdUp(call)
    const work = begin(store)
    const outcome = codeOf(work)
    await vi.advanceTimersByTimeAsync(0)
    if (how === 'opened') await open('other')
    else closeModel()
    setState({ options: { ...getState().options, seed: 7 } })
    const before = getState()
    release()
    expect([null, 'cancelled']).toContain(await outcome)
    await vi.advanceTimersByTimeAsync(0)
    expect({ ...getState(), jobs: [] }).toEqual({ ...before, jobs: [] })
  })
})
