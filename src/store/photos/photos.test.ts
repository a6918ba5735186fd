import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import { beginStore } from '../testing/begin'

/** Milliseconds after which a cancelled job that has not stopped has its worker ended. */
const patience = 4_000

const names = ['1', '2', '3', '4', '5', '6']

/** The store, into which six photos of two labels may come. */
async function begun() {
  const store = await beginStore()
  const { addPhotos } = await import('./photos')
  const { undo } = await import('../history/undo')
  const { cancelJob } = await import('../workers/jobs')
  const { getState } = store
  const add = (which: readonly string[] = names) =>
    addPhotos(which.map((name) => ({ name, label: Number(name) % 2 ? 'odd' : 'even', blob: new Blob([name]) })))
  const shown = () => getState().photos.map(({ name }) => name)
  const cancel = async (): Promise<void> => {
    const cancelled = cancelJob(getState().jobs.at(-1)?.id ?? '')
    await vi.advanceTimersByTimeAsync(patience)
    await cancelled
  }
  return { ...store, add, shown, cancel, undo }
}

/** Names of the photos that an image worker is asked about. */
const isAbout = (name: string, called: string, args: readonly unknown[]): boolean =>
  called === 'examine' && args[1] === name

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe('photos on their way in', () => {
  it.each(names)('are all there, in their order, where the image worker dies over photo %s', async (name) => {
    const { fakes, add, shown, getState } = await begun()
    fakes.imageFate = (life, _, ...call) => (life === 1 && isAbout(name, ...call) ? 'dies' : 'answers')
    expect(await add()).toEqual({ added: 6, rejected: [] })
    expect(shown()).toEqual(names)
    expect(getState().labels).toEqual(['odd', 'even'])
    expect(getState().jobs).toEqual([])
    expect(fakes.images).toHaveLength(2)
  })

  it('are there but for the one that kills every worker, which is named', async () => {
    const { fakes, add, shown } = await begun()
    fakes.imageFate = (_, __, ...call) => (isAbout('3', ...call) ? 'dies' : 'answers')
    const { added, rejected } = await add()
    expect(added).toBe(5)
    expect(rejected.map(({ name }) => name)).toEqual(['3'])
    expect(shown()).toEqual(['1', '2', '4', '5', '6'])
  })

  it('are there but for those that are no pictures', async () => {
    const { fakes, add, shown } = await begun()
    const broken = new CutpointError('bad-image', 'It is broken.', '')
    fakes.imageFate = (_, __, ...call) => (isAbout('1', ...call) || isAbout('6', ...call) ? broken : 'answers')
    expect(await add()).toEqual({
      added: 4,
      rejected: [
        { name: '1', reason: 'It is broken.' },
        { name: '6', reason: 'It is broken.' },
      ],
    })
    expect(shown()).toEqual(['2', '3', '4', '5'])
  })

  it.each(names)('stay as far as they were there when it is cancelled while photo %s hangs', async (name) => {
    const { fakes, add, shown, cancel, getState } = await begun()
    await add(['0'])
    fakes.imageFate = (life, _, ...call) => (life === 1 && isAbout(name, ...call) ? 'hangs' : 'answers')
    const adding = add().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(0)
    expect(getState().jobs).toHaveLength(1)
    await cancel()
    expect(await adding).toMatchObject({ code: 'cancelled' })
    expect(shown()).toEqual(['0', ...names.slice(0, names.indexOf(name))])
    expect(getState().jobs).toEqual([])
    // The worker is there again for those that come next.
    expect(await add(['7'])).toEqual({ added: 1, rejected: [] })
    expect(shown().at(-1)).toBe('7')
  })

  it('are one step for undo, also where it was cancelled in between', async () => {
    const { fakes, add, shown, cancel, undo } = await begun()
    await add(['0'])
    fakes.imageFate = (life, _, ...call) => (life === 1 && isAbout('4', ...call) ? 'hangs' : 'answers')
    const adding = add().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(0)
    await cancel()
    await adding
    expect(shown()).toEqual(['0', '1', '2', '3'])
    await undo()
    expect(shown()).toEqual(['0'])
  })
})
