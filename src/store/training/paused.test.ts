import { beforeEach, expect, test, vi } from 'vitest'
import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { FoundKept, KeptTraining } from '../../kept-training'
import { firstTail } from '../../tail-options'
import type { TrainOptions } from '../../types'
import { beginStore } from '../testing/begin'

beforeEach(() => {
  // Nothing is trained by itself.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  return () => {
    vi.useRealTimers()
  }
})

/** A cut network with photos of two labels, last layers that learn, and a worker that keeps trainings. */
async function begin() {
  const store = await beginStore()
  const { fakes, getState, setState } = store
  const { cut } = await import('../model/cut')
  const { addPhotos } = await import('../photos/photos')
  const { train, resumeTraining, setOptions } = await import('./training')
  const paused = await import('./paused')
  await cut(['pool:0'])
  const add = (label: string, name: string) =>
    addPhotos([{ name, label, blob: new Blob([`${label} ${name}`]), part: 'train' as const }])
  await add('first', '1')
  await add('second', '2')
  setOptions({ tail: { layers: 2 } })
  const disk: { kept: FoundKept | 'damaged' | null } = { kept: null }
  /** What ends a training after so many epochs; it comes to its end without. */
  const ends: { by: CutpointError | null; after: number; meanwhile: () => void } = {
    by: null,
    after: 2,
    meanwhile: () => undefined,
  }
  const marks: (string | undefined)[] = []
  fakes.fate = (_, __, name, args) => {
    if (name === 'forgetTraining') disk.kept = null
    if (name !== 'train') return 'answers'
    const [, , labels, preprocessing, { mark, ...options }] = args as [
      string,
      unknown,
      string[],
      KeptTraining['preprocessing'],
      TrainOptions & { mark?: Pick<KeptTraining, 'id' | 'network' | 'on'> },
    ]
    marks.push(mark?.id)
    ends.meanwhile()
    if (!mark || !ends.by) return 'answers'
    const step = { loss: 1, accuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5 }
    const history = Array.from({ length: ends.after }, () => step)
    disk.kept = {
      ...mark,
      onDisk: true,
      labels,
      options,
      preprocessing,
      cut: getState().cut?.summary.tensors ?? [],
      history,
      at: 1,
    }
    return ends.by
  }
  fakes.keptTraining = () => disk.kept
  return { ...store, ...paused, train, resumeTraining, setOptions, add, disk, ends, marks, setState }
}

/** What some work failed with. */
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'it succeeded',
    (error: unknown) => error,
  )

const stop = new CutpointError('paused', 'It is paused.', '')

test('a training that is paused is shown, goes on under its name, and is forgotten at its end', async () => {
  const { train, resumeTraining, ends, marks, disk, getState } = await begin()
  ends.by = stop
  expect(await errorOf(train())).toMatchObject({ code: 'paused' })
  expect(getState().paused).toMatchObject({ why: 'paused', history: [{}, {}], id: marks[0] })
  ends.by = null
  await resumeTraining()
  expect(marks).toEqual([marks[0], marks[0]])
  expect([getState().paused, disk.kept]).toEqual([null, null])
  expect(getState().heads).toHaveLength(1)
  await train()
  expect(marks[2]).not.toBe(marks[0])
})

test('one that fails with its worker, or is cancelled, can be gone on with; without an epoch it is forgotten', async () => {
  const { train, ends, disk, getState } = await begin()
  ends.by = new CutpointError('cancelled', 'It was cancelled.', '')
  await errorOf(train())
  expect(getState().paused).toMatchObject({ why: 'interrupted' })
  ends.after = 0
  await errorOf(train())
  expect([getState().paused, disk.kept]).toEqual([null, null])
})

test('going on brings back the settings; other photos or labels are refused until they are undone', async () => {
  const { train, resumeTraining, setOptions, add, ends, getState, whyNotResumed, isOfNow } = await begin()
  ends.by = stop
  await errorOf(train())
  setOptions({ tail: null })
  expect([whyNotResumed(getState()), isOfNow(getState())]).toEqual([null, false])
  await add('second', '3')
  expect(await errorOf(resumeTraining())).toMatchObject({ code: 'cannot-resume' })
  expect(getState().options.tail).toBeNull()
  const { undo } = await import('../history/undo')
  await undo()
  ends.by = null
  await resumeTraining()
  expect(getState().options.tail).toMatchObject({ ...firstTail, layers: 2 })
  expect(getState().heads).toHaveLength(1)
})

test('a training that is paused outlasts a telling; while what the network does is other than then, nothing is brought back', async () => {
  const { train, resumeTraining, setOptions, setState, ends, getState, whyNotResumed } = await begin()
  ends.by = stop
  await errorOf(train())
  const { tellLayer } = await import('../model/telling')
  await tellLayer('lambda', { does: 'scale', by: 2 })
  expect(getState().paused).toMatchObject({ why: 'paused', history: [{}, {}] })
  const { model } = getState()
  setState({
    model: model && { ...model, tellable: model.tellable.map((each) => ({ ...each, told: { does: 'scale', by: 2 } })) },
  })
  setOptions({ tail: null })
  expect(whyNotResumed(getState())).toBe('network')
  const told: unknown = expect.stringContaining('told of layers')
  expect(await errorOf(resumeTraining())).toMatchObject({ code: 'cannot-resume', message: told })
  expect(getState().options.tail).toBeNull()
  setState({ model })
  ends.by = null
  await resumeTraining()
  expect(getState().heads).toHaveLength(1)
})

test('labels in another order are others: they say which output is which', async () => {
  const { train, resumeTraining, ends, setState } = await begin()
  ends.by = stop
  await errorOf(train())
  setState(({ labels }) => ({ labels: labels.toReversed() }))
  expect(await errorOf(resumeTraining())).toMatchObject({ code: 'cannot-resume' })
})

test('what an earlier visit left is found; what came to its end, or cannot be read, is not', async () => {
  const { train, ends, disk, getState, setState, restorePaused, discardTraining } = await begin()
  ends.by = stop
  await errorOf(train())
  const left = disk.kept
  setState({ paused: null })
  await restorePaused()
  expect(getState().paused).toMatchObject({ why: 'interrupted', history: [{}, {}] })
  await discardTraining()
  expect([getState().paused, disk.kept]).toEqual([null, null])

  ends.by = null
  await train()
  disk.kept = left
  await restorePaused()
  expect([getState().paused, disk.kept]).toEqual([null, null])

  disk.kept = 'damaged'
  await restorePaused()
  expect(getState().paused).toBeNull()
  expect(getState().notices[0].title).toBe('A training that was interrupted could not be read.')
})

test('what is chosen while it runs is of the next one: it is shown where it stops, and forgotten at its end', async () => {
  const { train, resumeTraining, setOptions, ends, disk, getState } = await begin()
  ends.meanwhile = () => setOptions({ tail: null })
  ends.by = stop
  await errorOf(train())
  expect(getState().paused).toMatchObject({ why: 'paused', history: [{}, {}] })
  ends.by = null
  await resumeTraining()
  expect(getState().options.tail).toBeNull()
  expect([getState().paused, disk.kept]).toEqual([null, null])
})

test('the end of a training leaves what is kept of a network that was opened meanwhile', async () => {
  const { train, open, disk, fakes, getState } = await begin()
  const { key = '' } = getState().model?.choices ?? {}
  const forgotten: unknown[] = []
  const before = fakes.fate
  const opened = deferred<undefined>()
  fakes.fate = (life, call, name, args) => {
    if (name === 'forgetTraining') forgotten.push(args[0])
    if (name !== 'train') return before(life, call, name, args)
    void open('other').then(() => opened.resolve(undefined))
    return opened.promise
  }
  await train()
  expect(getState().model?.choices.key).not.toBe(key)
  expect([forgotten, disk.kept, getState().heads]).toEqual([[], null, []])
})

test('another training that is cancelled before its first epoch leaves one that was paused as it was', async () => {
  const { train, ends, fakes, disk, getState } = await begin()
  ends.by = stop
  await errorOf(train())
  const { kept } = disk
  fakes.fate = (_, __, name) => (name === 'train' ? new CutpointError('cancelled', 'It was cancelled.', '') : 'answers')
  await errorOf(train())
  expect(disk.kept).toBe(kept)
  expect(getState().paused).toMatchObject({ why: 'paused', history: [{}, {}] })
})

test('a worker that takes the place of one that was asked to pause is asked, too', async () => {
  const { train, fakes, setState, pauseTraining, getState } = await begin()
  fakes.fate = (life, _, name) => (name === 'train' && life === 1 ? 'hangs' : 'answers')
  const training = train()
  await vi.waitUntil(() => fakes.latest.calls.includes('train'))
  setState(({ jobs }) => ({ jobs: jobs.map((job) => ({ ...job, pausable: true })) }))
  pauseTraining()
  fakes.latest.die()
  await training
  const { calls } = fakes.lives[1]
  expect(calls.filter((name) => ['pause', 'train'].includes(name))).toEqual(['pause', 'train'])
  expect(getState().jobs).toEqual([])
})

test('only a training that says so is paused', async () => {
  const { fakes, pauseTraining, setState } = await begin()
  expect(await errorOf(Promise.resolve().then(pauseTraining))).toMatchObject({ code: 'not-available' })
  const job = { id: 'job', what: 'Training', done: 0, total: 0, unit: null, left: null, cancelling: false }
  setState({ jobs: [{ ...job, pausable: true, pausing: false }] })
  pauseTraining()
  expect(fakes.latest.calls.at(-1)).toBe('pause')
  expect(await errorOf(Promise.resolve().then(pauseTraining))).toMatchObject({ code: 'not-available' })
})
