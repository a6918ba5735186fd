import { beforeEach, expect, it, vi } from 'vitest'
import { uniform } from '../../random'
import { steps, type Step } from '../../steps'
import type { Preprocessing, TrainOptions } from '../../types'
import type { State } from '../state/state'
import type { Photo } from '../state/types'
import { beginStore } from '../testing/begin'
import { PlainHistory } from '../testing/plain-history'
import { recordOf, written, type TrainingRecord } from '../testing/training-records'

/** Where a step of the way stands, by what there is. */
function statusOf(step: Step, state: State, outOfDate: boolean): string {
  const labels = new Set(state.photos.map(({ label }) => label))
  const trained = state.headId !== null && !outOfDate
  const done: Readonly<Record<Step, boolean>> = {
    model: state.model !== null,
    cut: state.cut !== null,
    photos: labels.size > 1,
    train: trained,
    try: trained && state.tried.length > 0,
  }
  if (step === 'train' && outOfDate) return 'again'
  if (done[step]) return 'done'
  return steps.find((each) => !done[each]) === step ? 'next' : 'later'
}

/** What a visit is made of, imported after its workers were faked. */
async function loaded() {
  const { cut } = await import('../model/cut')
  const { chooseHead, removeHead } = await import('../model/heads')
  const { nextStep, statusOf: statusTold } = await import('../page/step-status')
  const { addLabel, deleteLabel, renameLabel } = await import('../photos/labels')
  const { addPhotos, deletePhotos, movePhotos, pinPhotos } = await import('../photos/photos')
  const { isRetraining, setAutoTrain } = await import('../training/auto-train')
  const { currentHead, currentReport, isOutOfDate, isSameKey, trainingKey } = await import('../training/trained-on')
  const { setOptions, setPreprocessing, train } = await import('../training/training')
  const { cancelAll } = await import('../workers/jobs')
  const { lastStep, redo, undo, undoneStep } = await import('./undo')
  return {
    ...{ cut, chooseHead, removeHead, nextStep, statusTold, addLabel, deleteLabel, renameLabel },
    ...{ addPhotos, deletePhotos, movePhotos, pinPhotos, isRetraining, setAutoTrain, cancelAll },
    ...{ currentHead, currentReport, isOutOfDate, isSameKey, trainingKey, setOptions, setPreprocessing, train },
    ...{ lastStep, redo, undo, undoneStep },
  }
}

/** Numbers and choices at random. */
function chance(seed: number) {
  const random = uniform(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const one = <T>(all: readonly T[]): T | undefined => all.at(below(all.length))
  return { random, below, one }
}

const names = (photos: readonly Photo[]): string[] => photos.map(({ name, label }) => `${name} in ${label}`)
const settled = (): Promise<unknown> => vi.runAllTimersAsync()

/** The store, and what should be in it. */
async function begun(seed: number) {
  const { fakes, getState } = await beginStore()
  const store = { ...(await loaded()), fakes, getState }
  const plain = new PlainHistory()
  /** By the list of photos that came with it, which is in the head's report. */
  const records = new Map<unknown, TrainingRecord>()
  const so = { made: 0, cancelled: 0, obeying: false }
  fakes.fate = (_, __, name, args) => {
    if (name !== 'train') return 'answers'
    const [, photos, , preprocessing, options] = args as [unknown, Photo[], unknown, Preprocessing, TrainOptions]
    records.set(photos, structuredClone({ photos, preprocessing, options, cut: fakes.latest.cut }))
    return so.obeying ? 'obeys' : 'answers'
  }
  return { ...store, ...chance(seed), plain, records, so }
}

type Visit = Awaited<ReturnType<typeof begun>>

/** Changes of labels and photos. */
function photoActions(visit: Visit): (() => unknown)[] {
  const { getState, plain, random, below, one, so } = visit
  const some = (): string[] =>
    getState()
      .photos.filter(() => random() < 0.2)
      .map(({ id }) => id)
  const taken = (before: State): void => {
    const { labels, photos } = getState()
    if (photos !== before.photos || labels !== before.labels) plain.change('photos', { labels, photos: names(photos) })
  }
  /** A change of photos, whatever it makes of them. */
  const changing = (change: () => unknown) => (): unknown => {
    const before = getState()
    const done = change()
    taken(before)
    return done
  }
  const oneLabel = (work: (label: string) => void): void => {
    const label = one(getState().labels)
    if (label !== undefined) work(label)
  }
  return [
    changing(() => visit.addLabel(`label ${so.made++}`)),
    changing(() => oneLabel((label) => getState().labels.length > 3 && visit.deleteLabel(label))),
    changing(() => oneLabel((label) => visit.renameLabel(label, `label ${so.made++}`))),
    async () => {
      const label = one(getState().labels) ?? `label ${so.made++}`
      const before = getState()
      await visit.addPhotos(
        Array.from({ length: 1 + below(6) }, () => ({ name: `${so.made++}`, label, blob: new Blob([`${so.made}`]) })),
      )
      taken(before)
    },
    changing(() => visit.deletePhotos(some())),
    changing(() => visit.movePhotos(some(), one(getState().labels) ?? 'label')),
    changing(() => visit.pinPhotos(some(), one(['train', 'test', null] as const) ?? null)),
  ]
}

/** Cuts, preparation and options. */
function settingActions(visit: Visit): (() => unknown)[] {
  const { getState, setOptions, random, below, one } = visit
  return [
    () => {
      const tensor = one(['a:0', 'b:0', 'c:0']) ?? ''
      cutAt(visit, [tensor])
      return visit.cut([tensor])
    },
    () => visit.setPreprocessing({ range: one(['0to1', 'minus1to1', 'imagenet'] as const) ?? '0to1' }),
    () => setOptions({ head: { kind: 'linear', l2: one([0.01, 0.1, 1]) ?? 1 } }),
    () => setOptions({ classWeights: one(['none', 'balanced'] as const) ?? 'none' }),
    () => setOptions({ seed: below(3) }),
    () => setOptions({ augment: { ...getState().options.augment, variants: below(4) === 0 ? 2 : 0 } }),
    () =>
      setOptions({
        split: one([
          { train: 0.8, validation: 0, test: 0.2 },
          { train: 0.6, validation: 0.2, test: 0.2 },
        ]),
      }),
    () => visit.setAutoTrain(random() < 0.7),
  ]
}

const cutAt = ({ plain }: Visit, tensors: readonly string[]): void =>
  plain.change('model', { cut: [...tensors], told: null })

/** Has a training begin that waits, by itself or not, and cancels all. */
async function cancelTraining({ so, getState, cancelAll }: Visit, begin: () => Promise<unknown>): Promise<void> {
  so.obeying = true
  const trained = begin().catch(() => undefined)
  await vi.advanceTimersByTimeAsync(1_100)
  const jobs = getState().jobs.length
  const ended = cancelAll()
  so.obeying = false
  await settled()
  await Promise.all([ended, trained])
  so.cancelled += jobs
}

/** Trainings, with those that are cancelled, and heads that are chosen and taken away. */
function headActions(visit: Visit): (() => unknown)[] {
  const { getState, plain, below, one, train } = visit
  const cutOf = (id: string): readonly string[] => getState().heads.find((head) => head.id === id)?.cut ?? []
  const cutAsOf = (id: string): void => {
    const tensors = cutOf(id)
    if (tensors.join() !== plain.things.cut.join()) cutAt(visit, tensors)
  }
  return [
    () => getState().cut && train(),
    () => getState().cut && cancelTraining(visit, () => train()),
    () =>
      cancelTraining(visit, () => Promise.resolve(getState().cut && visit.setPreprocessing({ width: 4 + below(4) }))),
    async () => {
      const head = one(getState().heads)
      if (!head) return
      cutAsOf(head.id)
      await visit.chooseHead(head.id)
    },
    async () => {
      const { heads, headId } = getState()
      const head = one(heads)
      if (!head) return
      const next = heads.filter(({ id }) => id !== head.id).at(-1)
      if (head.id === headId && next) cutAsOf(next.id)
      await visit.removeHead(head.id)
    },
  ]
}

/** Does something at random. Whether all that comes of it has come. */
async function act(visit: Visit, actions: readonly (() => unknown)[]): Promise<boolean> {
  const { plain, random, below, one, undo, redo } = visit
  if (random() < 0.3) {
    const keys = Array.from({ length: 1 + below(3) }, () => {
      const back = random() < 0.6
      return back ? (plain.undo(), undo()) : (plain.redo(), redo())
    })
    await Promise.all(keys)
  } else await one(actions)?.()
  // What trains by itself may do so now, later, or be overtaken.
  const isQuiet = random() < 0.5
  if (isQuiet) await settled()
  return isQuiet
}

/** All that is worked out, against the records. */
function compare(visit: Visit, at: string, isQuiet: boolean): void {
  const state = visit.getState()
  const head = state.heads.find(({ id }) => id === state.headId) ?? null
  const record = head && visit.records.get(head.report.images)
  const outOfDate = record ? written(record) !== written(recordOf(state)) : false
  compareHeads(visit, at)
  expect([visit.currentHead(state), visit.currentReport(state)], at).toEqual([head, head?.report ?? null])
  expect(visit.isOutOfDate(state), `${at}: out of date`).toBe(outOfDate)
  compareSteps(visit, at, outOfDate)
  // While nothing trains, the worker predicts with the head whose report is shown.
  if (isQuiet) {
    const { report = null } = (visit.fakes.latest.head ?? {}) as { readonly report?: unknown }
    expect(report === (head?.report ?? null), `${at}: the worker has the current head`).toBe(true)
  }
  compareHistory(visit, at)
}

/** Each head is up to date where nothing has changed that it was trained on. */
function compareHeads({ getState, records, isSameKey, trainingKey }: Visit, at: string): void {
  const state = getState()
  const now = written(recordOf(state))
  for (const { report, trainedOn } of state.heads) {
    const record = records.get(report.images)
    expect(record && written(record) === now, `${at}: a head is up to date`).toBe(
      isSameKey(trainedOn, trainingKey(state)),
    )
  }
}

function compareSteps({ getState, nextStep, statusTold }: Visit, at: string, outOfDate: boolean): void {
  const state = getState()
  expect(
    steps.map((step) => statusTold(step, state)),
    at,
  ).toEqual(steps.map((step) => statusOf(step, state, outOfDate)))
  const next = steps.find((step) =>
    step === 'train' && outOfDate ? true : statusOf(step, state, outOfDate) !== 'done',
  )
  expect(nextStep(state), at).toBe(next ?? null)
}

/** What is there after all that was done, undone and redone, and what can be. */
function compareHistory({ getState, plain, fakes, lastStep, undoneStep }: Visit, at: string): void {
  const state = getState()
  expect(fakes.latest.cut, at).toEqual(plain.things.cut)
  expect({ labels: state.labels, photos: names(state.photos), cut: recordOf(state).cut, told: null }, at).toEqual(
    plain.things,
  )
  expect([state.undoSteps.past.length, state.undoSteps.future.length], at).toEqual([
    plain.past.length,
    plain.future.length,
  ])
  expect([lastStep(state) !== null, undoneStep(state) !== null], at).toEqual([
    plain.past.length > 0,
    plain.future.length > 0,
  ])
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it.each([1, 2, 3])(
  '1,000 random actions, cancels, undos and redos: what is worked out is what the records say, seed %i',
  async (seed) => {
    const visit = await begun(seed)
    const actions = [...photoActions(visit), ...settingActions(visit), ...headActions(visit)]
    for (let at = 0; at < 1_000; at++) {
      const isQuiet = await act(visit, actions)
      compare(visit, `seed ${seed}, action ${at}`, isQuiet)
    }
    await settled()
    expect(visit.isRetraining(visit.getState())).toBe(false)
    compare(visit, 'at the end', true)
    expect(visit.so.cancelled).toBeGreaterThan(20)
    expect(visit.records.size).toBeGreaterThan(50)
  },
)
