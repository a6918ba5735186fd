import { beforeEach, expect, it, vi } from 'vitest'
import type { Photo } from '../state/types'
import { beginStore } from '../testing/begin'

const photo = (id: string, label: string): Photo => ({
  ...{ id, label, name: `${id}.png`, part: 'train', pinned: false, hash: id, perceptualHash: null, group: null },
  ...{ width: 4, height: 4 },
})

/** The store, new, with a model cut and a linear head trained on two photos, that trains by itself. */
async function begun() {
  const { fakes, getState, setState } = await beginStore()
  const { cut } = await import('../model/cut')
  const { train, setOptions, setPreprocessing } = await import('./training')
  const { chooseHead } = await import('../model/heads')
  const { deletePhotos } = await import('../photos/photos')
  const { cancelJob } = await import('../workers/jobs')
  const { currentHead, isOutOfDate } = await import('./trained-on')
  const { isRetraining } = await import('./auto-train')
  await cut(['pool:0'])
  setState({ labels: ['a', 'b'], photos: [photo('1', 'a'), photo('2', 'b')], notices: [] })
  await train()
  await vi.runAllTimersAsync()
  const trainings = (): number => fakes.lives.flatMap(({ calls }) => calls).filter((name) => name === 'train').length
  expect(trainings()).toBe(1)
  const addPhoto = (id: string): void => setState(({ photos }) => ({ photos: [...photos, photo(id, 'a')] }))
  return {
    ...{ fakes, getState, setState, cut, train, setOptions, setPreprocessing, chooseHead, deletePhotos, cancelJob },
    ...{ trainings, addPhoto, head: () => currentHead(getState()), outOfDate: () => isOutOfDate(getState()) },
    retraining: () => isRetraining(getState()),
  }
}

/** Lets the training that is to come begin, and cancels it as a click does. */
async function cancelTraining({ fakes, getState, cancelJob }: Awaited<ReturnType<typeof begun>>): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100)
  const [job] = getState().jobs
  expect(job.what).toBe('Training')
  const cancelled = cancelJob(job.id)
  fakes.fate = () => 'answers'
  await vi.runAllTimersAsync()
  await cancelled
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it('photos that come are trained on, in the place of the head that was there', async () => {
  const { addPhoto, getState, trainings, head, retraining, outOfDate } = await begun()
  const before = head()
  addPhoto('3')
  expect(retraining()).toBe(true)
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(2)
  expect(retraining()).toBe(false)
  expect(getState().heads).toMatchObject([{ id: before?.id }])
  expect(outOfDate()).toBe(false)
})

it('a new cut, another preparation and other values are trained again too, each as a head of its own', async () => {
  const { cut, setPreprocessing, setOptions, getState, trainings, head, outOfDate } = await begun()
  await cut(['mean:0'])
  await vi.runAllTimersAsync()
  expect(head()?.cut).toEqual(['mean:0'])
  setPreprocessing({ range: 'imagenet' })
  await vi.runAllTimersAsync()
  setOptions({ head: { kind: 'linear', l2: 1 } })
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(4)
  expect(getState().heads).toHaveLength(4)
  expect(outOfDate()).toBe(false)
})

it('cancelling “Train again” begins no training by itself, until something changes', async () => {
  const store = await begun()
  const { fakes, train, trainings, addPhoto, outOfDate } = store
  fakes.fate = (_, __, name) => (name === 'train' ? 'obeys' : 'answers')
  const again = train({ head: { kind: 'linear', l2: 2 } }).catch((error: unknown) => error)
  await cancelTraining(store)
  expect(await again).toMatchObject({ code: 'cancelled' })
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(2)
  // For those settings no head was trained.
  expect(outOfDate()).toBe(true)
  addPhoto('3')
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(3)
})

it('the same trained twice, the second time cancelled, says of nothing that it has changed', async () => {
  const store = await begun()
  const { fakes, train, trainings, outOfDate } = store
  fakes.fate = (_, __, name) => (name === 'train' ? 'obeys' : 'answers')
  const again = train().catch((error: unknown) => error)
  await cancelTraining(store)
  expect(await again).toMatchObject({ code: 'cancelled' })
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(2)
  expect(outOfDate()).toBe(false)
})

it('a training that began by itself and is cancelled is not begun again', async () => {
  const store = await begun()
  const { fakes, trainings, addPhoto, getState, retraining, outOfDate } = store
  fakes.fate = (_, __, name) => (name === 'train' ? 'obeys' : 'answers')
  addPhoto('3')
  await cancelTraining(store)
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(2)
  expect(outOfDate()).toBe(true)
  expect(retraining()).toBe(false)
  expect(getState().notices).toEqual([])
})

it('a change while it trains by itself overtakes it', async () => {
  const { fakes, trainings, addPhoto, getState, outOfDate, retraining } = await begun()
  let obeyed = 0
  fakes.fate = (_, __, name) => (name === 'train' && obeyed++ === 0 ? 'obeys' : 'answers')
  addPhoto('3')
  await vi.advanceTimersByTimeAsync(100)
  expect(trainings()).toBe(2)
  addPhoto('4')
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(3)
  expect(outOfDate()).toBe(false)
  expect(retraining()).toBe(false)
  expect(getState().notices).toEqual([])
})

it('a head that is chosen stays as it is until something changes, and undone changes make it right again', async () => {
  const { cut, chooseHead, getState, trainings, addPhoto, deletePhotos, head, outOfDate } = await begun()
  const [first] = getState().heads
  await cut(['mean:0'])
  await vi.runAllTimersAsync()
  addPhoto('3')
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(3)
  await chooseHead(first.id)
  await vi.runAllTimersAsync()
  expect(head()).toBe(first)
  expect(trainings()).toBe(3)
  expect(outOfDate()).toBe(true)
  deletePhotos(['3'])
  await vi.runAllTimersAsync()
  expect(outOfDate()).toBe(false)
  expect(trainings()).toBe(3)
})

it('while a head is on its way to be chosen, the one before is not trained for its cut', async () => {
  const { fakes, cut, chooseHead, getState, trainings } = await begun()
  const [first] = getState().heads
  await cut(['mean:0'])
  await vi.runAllTimersAsync()
  fakes.fate = (_, __, name) => (name === 'restoreHead' ? 'hangs' : 'answers')
  void chooseHead(first.id).catch(() => undefined)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(fakes.latest.cut).toEqual(['pool:0'])
  expect(trainings()).toBe(2)
})

it('with all photos deleted the head is out of date, and nothing is trained', async () => {
  const { deletePhotos, trainings, retraining, outOfDate } = await begun()
  deletePhotos(['1', '2'])
  await vi.runAllTimersAsync()
  expect(trainings()).toBe(1)
  expect(outOfDate()).toBe(true)
  expect(retraining()).toBe(false)
})
