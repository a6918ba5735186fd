import { beforeEach, expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import { beginStore } from '../testing/begin'

/** Milliseconds after which a cancelled job that has not stopped has its worker ended. */
const patience = 4_000

/** The store, in whose workers a job may run. */
async function begun() {
  const store = await beginStore()
  const jobs = await import('./jobs')
  const workers = await import('./workers')
  /** A job that asks a worker for something; with the code of what it throws. */
  const start = (worker: 'compute' | 'images' = 'compute') => {
    const work = jobs.runJob(
      `in ${worker}`,
      async (job, signal) => {
        if (worker === 'compute') await workers.computeWorker({ signal }).run(job, {}, [])
        else await workers.imageWorker({ signal }).fetch('picture', job)
      },
      worker,
    )
    return work.catch((error: unknown) => (error as { code: string }).code)
  }
  return { ...store, ...jobs, start, shown: () => store.getState().jobs.map(({ what }) => what) }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it('a job that stops when it is asked to costs no worker', async () => {
  const { fakes, start, cancelJob, getState, shown } = await begun()
  fakes.fate = (_, __, name) => (name === 'run' ? 'obeys' : 'answers')
  const work = start()
  await vi.advanceTimersByTimeAsync(0)
  const [{ id }] = getState().jobs
  await cancelJob(id)
  expect(await work).toBe('cancelled')
  expect(fakes.latest.cancelled).toEqual([id])
  expect(shown()).toEqual([])
  await vi.advanceTimersByTimeAsync(2 * patience)
  expect(fakes.lives).toHaveLength(1)
})

it('a job that is stuck in the image worker costs that one alone, and no sooner than it had time to stop', async () => {
  const { fakes, start, cancelJob, getState, shown } = await begun()
  fakes.imageFate = (life, _, name) => (life === 1 && name === 'fetch' ? 'hangs' : 'answers')
  const [stuck, computing] = [start('images'), start()]
  await vi.advanceTimersByTimeAsync(0)
  expect(await computing).toBeUndefined()
  const [{ id }] = getState().jobs
  const cancelled = cancelJob(id)
  expect(getState().jobs[0].cancelling).toBe(true)
  await vi.advanceTimersByTimeAsync(patience - 1)
  expect(fakes.images).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  await cancelled
  expect(await stuck).toBe('cancelled')
  expect(fakes.images.map(({ terminated }) => terminated)).toEqual([true, false])
  expect(fakes.lives.map(({ terminated }) => terminated)).toEqual([false])
  expect(shown()).toEqual([])
})

it('all that runs is cancelled together, whatever of it obeys', async () => {
  const { fakes, start, cancelAll, getState } = await begun()
  fakes.fate = (life, call, name) => (name !== 'run' || life > 1 ? 'answers' : call % 2 ? 'obeys' : 'hangs')
  fakes.imageFate = (life, _, name) => (life === 1 && name === 'fetch' ? 'hangs' : 'answers')
  const all = [start(), start(), start('images'), start()]
  await vi.advanceTimersByTimeAsync(0)
  expect(getState().jobs).toHaveLength(4)
  const cancelled = cancelAll()
  await vi.advanceTimersByTimeAsync(patience)
  await cancelled
  expect(await Promise.all(all)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled'])
  expect(getState().jobs).toEqual([])
})

it('what nobody asked for is shown only after a while, and not at all where it is done by then', async () => {
  const { runJob, shown } = await begun()
  const [quick, slow] = [deferred<string>(), deferred<string>()]
  const works = [quick, slow].map(({ promise }, place) =>
    runJob(['quick', 'slow'][place], () => promise, 'compute', 100),
  )
  expect(shown()).toEqual([])
  quick.resolve('done')
  expect(await works[0]).toBe('done')
  await vi.advanceTimersByTimeAsync(100)
  expect(shown()).toEqual(['slow'])
  slow.resolve('done too')
  expect(await works[1]).toBe('done too')
  expect(shown()).toEqual([])
})

it('a job that throws is over as one that ends', async () => {
  const { runJob, shown } = await begun()
  const work = runJob('fails', () => Promise.reject(new Error('broken')))
  expect(shown()).toEqual(['fails'])
  await expect(work).rejects.toThrow('broken')
  expect(shown()).toEqual([])
})
