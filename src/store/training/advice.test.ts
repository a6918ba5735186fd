import { beforeEach, expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { Photo } from '../state/types'
import { beginStore } from '../testing/begin'

const photo = (id: string, label: string, change: Partial<Photo> = {}): Photo => ({
  ...{ id, label, name: `${id}.png`, part: 'train', pinned: true, hash: id, perceptualHash: null, group: null },
  ...{ width: 4, height: 4 },
  ...change,
})

/** The store, new, with a model open and two photos of each of two labels. */
async function begun() {
  const store = await beginStore()
  const { fakes, getState, setState } = store
  const { advise } = await import('./advice')
  const { isAdviceOutOfDate } = await import('./trained-on')
  const { missingToAdvise } = await import('./missing')
  const { setOptions, setPreprocessing } = await import('./training')
  const { cut } = await import('../model/cut')
  const { undo } = await import('../history/undo')
  setState(({ model }) => ({
    labels: ['a', 'b'],
    photos: [photo('1', 'a'), photo('2', 'a'), photo('3', 'b'), photo('4', 'b'), photo('5', 'a', { part: 'test' })],
    model: model && { ...model, summary: { ...model.summary, suggestedCut: 'mean:0' } },
  }))
  let given: readonly unknown[] = []
  fakes.fate = (_, __, name, args) => {
    if (name === 'advise') given = args
    return 'answers'
  }
  return {
    ...{ ...store, advise, setOptions, setPreprocessing, cut, undo },
    given: () => given,
    outOfDate: () => isAdviceOutOfDate(getState()),
    missing: () => missingToAdvise(getState()),
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it('holds what the worker found, and leaves the cut alone', async () => {
  const { advise, getState, cut, given } = await begun()
  await cut(['pool:0'])
  const { cuts } = await advise()
  expect(cuts.map(({ tensors }) => tensors)).toEqual([['pool:0'], ['mean:0']])
  expect(getState().advice).toMatchObject({ cuts, photos: 4, labels: 2 })
  expect(getState().cut?.summary.tensors).toEqual(['pool:0'])
  expect(given()[4]).toEqual({ head: { kind: 'linear', l2: 0.03, scale: 'global' }, classWeights: 'none' })
})

it('compares with the linear head that is chosen, and with the first one where another kind is', async () => {
  const { advise, setOptions, given } = await begun()
  setOptions({ head: { kind: 'linear', l2: 1, scale: 'each' } })
  await advise({ tensors: ['pool', 'mean:0'] })
  expect(given()[4]).toMatchObject({ head: { l2: 1, scale: 'each' }, tensors: ['pool:0', 'mean:0'] })
  setOptions({ head: { kind: 'dense' } })
  await advise()
  expect(given()[4]).toMatchObject({ head: { kind: 'linear', l2: 0.03, scale: 'global' } })
})

it('is out of date by what makes a difference to it, and not by the cut or photos that are held out', async () => {
  const { advise, setOptions, setPreprocessing, setState, getState, cut, outOfDate } = await begun()
  expect(outOfDate()).toBe(false)
  await advise()
  await cut(['mean:0'])
  setState(({ photos }) => ({ photos: [...photos, photo('6', 'b', { part: 'test' })] }))
  setOptions({ seed: 9 })
  expect(outOfDate()).toBe(false)
  const { photos, preprocessing } = getState()
  setState({ photos: [...photos, photo('7', 'b')] })
  expect(outOfDate()).toBe(true)
  setState({ photos })
  expect(outOfDate()).toBe(false)
  setState({ photos: photos.map((each) => (each.id === '1' ? { ...each, label: 'b' } : each)) })
  expect(outOfDate()).toBe(true)
  setState({ photos })
  setPreprocessing({ range: 'imagenet' })
  expect(outOfDate()).toBe(true)
  setState({ preprocessing })
  setOptions({ head: { kind: 'linear', l2: 1 } })
  expect(outOfDate()).toBe(true)
})

it('goes with its model', async () => {
  const { advise, open, getState } = await begun()
  await advise()
  await open('another')
  expect(getState().advice).toBeNull()
})

it('of a model that is not open any more is not held', async () => {
  const { advise, open, getState, fakes } = await begun()
  const opened = deferred<null>()
  fakes.fate = (_, __, name) => (name === 'advise' ? opened.promise : 'answers')
  const asked = advise().catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10)
  await open('another')
  opened.resolve(null)
  expect(((await asked) as CutpointError).code).toBe('cancelled')
  expect(getState().advice).toBeNull()
  expect(fakes.latest.calls).toContain('advise')
})

it('what was found before stays when a new comparison fails or is cancelled', async () => {
  const { advise, getState, fakes } = await begun()
  await advise()
  const { advice } = getState()
  fakes.fate = (_, __, name) =>
    name === 'advise' ? new CutpointError('run-failed', 'It failed.', 'Cut earlier.') : 'answers'
  await expect(advise()).rejects.toMatchObject({ code: 'run-failed' })
  fakes.fate = (_, __, name) => (name === 'advise' ? 'obeys' : 'answers')
  const again = advise().catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10)
  const { cancelAll } = await import('../workers/jobs')
  await cancelAll()
  expect(((await again) as CutpointError).code).toBe('cancelled')
  expect(getState().advice).toBe(advice)
  expect(getState().jobs).toEqual([])
})

it('says what is missing first', async () => {
  const { missing, setState, getState } = await begun()
  expect(missing()).toBeNull()
  const { photos } = getState()
  setState({ photos: photos.map((each) => ({ ...each, label: 'a' })) })
  expect(missing()).toBe('labels')
  setState({ photos: photos.filter(({ id }) => id !== '4') })
  expect(missing()).toBe('photos')
  setState({ photos: photos.map((each) => (each.label === 'b' ? { ...each, group: 'recording' } : each)) })
  expect(missing()).toBe('photos')
  setState({ photos, preprocessing: null })
  expect(missing()).toBe('picture')
})
