import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import * as errors from '../../errors'
import { beginStore } from '../testing/begin'
import type { Fate } from '../testing/fate'
import { trainedHead } from '../testing/trained-head'

/** Milliseconds after which a cancelled job that has not stopped has its worker ended. */
const patience = 4_000

/** The store, new, with one model open, cut, and a head trained on it, all in the first worker. */
async function begun() {
  const { fakes, getState, setState } = await beginStore()
  const { cut } = await import('../model/cut')
  const { heads } = await import('../model/heads')
  const jobs = await import('./jobs')
  const workers = await import('./workers')
  await cut(['pool:0'])
  await heads.add(trainedHead, getState(), null)
  setState({ notices: [] })
  const { model } = getState()
  /** That page and worker have what they had. */
  const expectAllThere = (): void => {
    const state = getState()
    expect(state.model).toBe(model)
    expect(state.cut?.summary.tensors).toEqual(['pool:0'])
    expect(state.heads).toHaveLength(1)
    expect(heads.current()).toBe(trainedHead)
    expect(fakes.latest).toMatchObject({ model: model?.id, cut: ['pool:0'], head: trainedHead, terminated: false })
  }
  /** A job whose call in the worker does what `fate` says of it. */
  const start = async () => {
    const work = jobs.runJob('Running', (job, signal) => workers.computeWorker({ signal }).run(job, {}, []))
    const outcome = work.then(
      (value: unknown) => value,
      (error: unknown) => (error instanceof errors.CutpointError ? error.code : error),
    )
    const id = getState().jobs.at(-1)?.id ?? ''
    // Its call is in the worker, or waits for one.
    await vi.advanceTimersByTimeAsync(0)
    return { id, outcome, cancel: () => jobs.cancelJob(id) }
  }
  return { fakes, getState, heads, jobs, workers, expectAllThere, start }
}

/** Calls that bring a worker to the same place: backends, open, cut, head. */
const steps = [1, 2, 3, 4]

const runFates =
  (inFirst: Fate, later: (life: number, call: number) => Fate) => (life: number, call: number, name: string) =>
    life === 1 && name === 'run' ? inFirst : later(life, call)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe('a worker that is ended since a cancelled job does not stop', () => {
  it('is rebuilt in the same place, and other work that was in it is done in the new one', async () => {
    const { fakes, start, expectAllThere, getState } = await begun()
    fakes.fate = runFates('hangs', () => 'answers')
    const [stuck, other] = [await start(), await start()]
    const cancelled = stuck.cancel()
    await vi.advanceTimersByTimeAsync(patience)
    await cancelled
    expect(await stuck.outcome).toBe('cancelled')
    expect(await other.outcome).toBe('run')
    expectAllThere()
    expect(getState().notices).toEqual([])
    expect(fakes.lives).toHaveLength(2)
  })

  it.each(steps)('loses nothing when another job is cancelled at step %i of the rebuilding', async (step) => {
    const { fakes, start, expectAllThere, getState, jobs } = await begun()
    fakes.fate = runFates('hangs', (life, call) => (life === 2 && call === step ? 'hangs' : 'answers'))
    const stuck = await start()
    void stuck.cancel()
    await vi.advanceTimersByTimeAsync(patience)
    expect(fakes.latest.calls).toHaveLength(step)
    // It waits for the new worker and is not in it: it ends at once, and the rebuilding goes on.
    const waiting = await start()
    const cancelled = waiting.cancel()
    await vi.advanceTimersByTimeAsync(patience)
    await cancelled
    expect(await waiting.outcome).toBe('cancelled')
    expect(fakes.lives).toHaveLength(2)
    // One that is held up on the page itself ends the new worker, too.
    const never = deferred<never>()
    const held = jobs.runJob('Held up', () => never.promise).catch((error: unknown) => error)
    const late = jobs.cancelJob(getState().jobs.at(-1)?.id ?? '')
    await vi.advanceTimersByTimeAsync(patience)
    await late
    expect(await held).toMatchObject({ code: 'cancelled' })
    expect(fakes.lives).toHaveLength(3)
    expectAllThere()
    expect(getState().notices).toEqual([])
  })

  it.each(steps)('loses nothing when it is ended twice more at step %i', async (step) => {
    const { fakes, workers, expectAllThere, getState } = await begun()
    fakes.fate = (life, call) => (life < 4 && call === step ? 'hangs' : 'answers')
    const rebuilt = [workers.rebuildCompute(), workers.rebuildCompute(), workers.rebuildCompute()]
    await vi.advanceTimersByTimeAsync(0)
    await Promise.all(rebuilt)
    expectAllThere()
    expect(getState().notices).toEqual([])
  })
})

describe('a worker that dies', () => {
  it('while it works: the work is done by the next, which is in the same place, and the user is told', async () => {
    const { fakes, start, expectAllThere, getState } = await begun()
    fakes.fate = runFates('dies', () => 'answers')
    expect(await (await start()).outcome).toBe('run')
    expectAllThere()
    expect(getState().notices.map(({ kind }) => kind)).toEqual(['remark'])
    expect(getState().jobs).toEqual([])
  })

  it('while nothing is asked of it: another takes its place', async () => {
    const { fakes, expectAllThere } = await begun()
    fakes.latest.die()
    await vi.advanceTimersByTimeAsync(0)
    expect(fakes.lives).toHaveLength(2)
    expectAllThere()
  })

  it.each(steps)('at step %i of the rebuilding: the next is brought all the way', async (step) => {
    const { fakes, start, expectAllThere } = await begun()
    fakes.fate = runFates('dies', (life, call) => (life === 2 && call === step ? 'dies' : 'answers'))
    expect(await (await start()).outcome).toBe('run')
    expectAllThere()
    expect(fakes.lives).toHaveLength(3)
  })

  it.each(steps)(
    'again and again at step %i: who asked is told, nothing goes, and the next call finds it there',
    async (step) => {
      const { fakes, start, expectAllThere, getState } = await begun()
      fakes.fate = runFates('dies', (life, call) => (life < 4 && call === step ? 'dies' : 'answers'))
      expect(await (await start()).outcome).toBe('worker-died')
      expect(getState().heads).toHaveLength(1)
      expect(await (await start()).outcome).toBe('run')
      expectAllThere()
    },
  )

  it('over the same work twice: that work is given up, and what waited beside it is done', async () => {
    const { fakes, start, expectAllThere } = await begun()
    let fatalId: unknown = null
    fakes.fate = (life, _call, name, [job]) => {
      if (name !== 'run') return 'answers'
      if (job === (fatalId ??= job)) return 'dies'
      return life === 1 ? 'hangs' : 'answers'
    }
    const [fatal, innocent] = await Promise.all([start(), start()])
    expect(await fatal.outcome).toBe('worker-died')
    expect(await innocent.outcome).toBe('run')
    expectAllThere()
  })

  it('is not asked again for what was cancelled meanwhile', async () => {
    const { fakes, start, expectAllThere } = await begun()
    fakes.fate = runFates('hangs', () => 'answers')
    const job = await start()
    void job.cancel()
    fakes.latest.die()
    expect(await job.outcome).toBe('cancelled')
    await vi.advanceTimersByTimeAsync(0)
    expect(fakes.latest.calls).not.toContain('run')
    expectAllThere()
  })

  it.each(['open', 'modelFiles'])(
    'while another model is opened, in “%s”: that one is open in the next',
    async (name) => {
      const { fakes, getState } = await begun()
      const { openModel } = await import('../model/opening')
      const { cut } = await import('../model/cut')
      fakes.fate = (life, _, called) => (life === 1 && called === name ? 'dies' : 'answers')
      await openModel({ files: [{ path: 'other.pb', blob: new Blob(['other']) }] })
      await cut(['conv:0'])
      expect(fakes.latest).toMatchObject({ model: getState().model?.id, cut: ['conv:0'], head: null })
      expect(getState().cut?.summary.tensors).toEqual(['conv:0'])
    },
  )
})

describe('a worker that had a large model before', () => {
  it.each([
    [3 * 2 ** 30, 2],
    [2 ** 20, 1],
  ])('and holds %i bytes of WebAssembly memory: of %i workers the last has the model', async (bytes, lives) => {
    const { fakes, getState } = await begun()
    const { openModel } = await import('../model/opening')
    fakes.wasmBytes = (life) => (life === 1 ? bytes : 0)
    await openModel({ files: [{ path: 'small.pb', blob: new Blob(['small']) }] })
    await vi.advanceTimersByTimeAsync(0)
    expect(fakes.lives).toHaveLength(lives)
    expect(fakes.latest).toMatchObject({ model: getState().model?.id, cut: [], head: null })
  })
})

describe('a worker that cannot be brought to the same place', () => {
  it('for good: the model goes, and the user is told which and why', async () => {
    const { fakes, workers, getState, start } = await begun()
    const gone = new errors.CutpointError('missing-weights', 'The file is gone.', 'Open it again.')
    fakes.fate = (life, call) => (life === 2 && call === 2 ? gone : 'answers')
    await workers.rebuildCompute()
    expect(getState()).toMatchObject({ model: null, cut: null, heads: [], headId: null })
    expect(getState().notices).toMatchObject([
      { kind: 'error', title: '“net” could not be brought back', text: 'The file is gone. Open it again.' },
    ])
    expect(await (await start()).outcome).toBe('run')
  })

  it('without a network: who asks is told, nothing goes, and it is there once that is', async () => {
    const { fakes, workers, getState, start, expectAllThere } = await begun()
    const offline = new errors.CutpointError('url-unreachable', 'It cannot be reached.', 'Try again.')
    fakes.fate = (life, call) => (life <= 3 && call === 2 ? offline : 'answers')
    await workers.rebuildCompute()
    expect(await (await start()).outcome).toBe('url-unreachable')
    expect(getState().heads).toHaveLength(1)
    expect(await (await start()).outcome).toBe('run')
    expectAllThere()
  })
})
