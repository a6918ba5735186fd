import { beforeEach, expect, it, vi } from 'vitest'
import { uniform } from '../../random'
import { steps, type Step } from '../../steps'
import type { Preprocessing, TrainOptions } from '../../types'
import type { State } from '../state/state'
import type { Photo } from '../state/types'
import { beginStore } from '../testing/begin'
import { PlainHistory } from '../testing/plain-history'

/** What a head was trained on, as the worker got it. */
interface TrainingRecord {
  readonly photos: readonly Pick<Photo, 'id' | 'label' | 'part' | 'group'>[]
  readonly preprocessing: Preprocessing | null
  readonly options: TrainOptions
  readonly cut: readonly string[]
}

/** All of it that makes a difference to a head, written out. */
function written({ photos, preprocessing, options, cut }: TrainingRecord): string {
  const { head, classWeights, augment, seed } = options
  const copies = augment.variants > 0 ? augment : null
  const random = head.kind !== 'linear' || copies ? seed : null
  const trained = photos.map(({ id, label, part, group }) => [id, label, part, group])
  const prepared = preprocessing && Object.entries({ ...preprocessing, how: null }).sort()
  return JSON.stringify([trained, prepared, Object.entries(head).sort(), classWeights, copies, random, cut])
}

const recordOf = ({ photos, preprocessing, options, cut }: State): TrainingRecord => ({
  ...{ photos, preprocessing, options },
  cut: cut?.summary.tensors ?? [],
})

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

/** The store, what should be in it, and all that is done at random to both. */
async function begun(seed: number) {
  const { fakes, getState } = await beginStore()
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

  const plain = new PlainHistory()
  const random = uniform(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const one = <T>(all: readonly T[]): T | undefined => all.at(below(all.length))
  /** By the list of photos that came with it, which is in the head's report. */
  const records = new Map<unknown, TrainingRecord>()
  let [made, cancelled] = [0, 0]
  let obeying = false
  fakes.fate = (_, __, name, args) => {
    if (name !== 'train') return 'answers'
    const [, photos, , preprocessing, options] = args as [unknown, Photo[], unknown, Preprocessing, TrainOptions]
    records.set(photos, structuredClone({ photos, preprocessing, options, cut: fakes.latest.cut }))
    return obeying ? 'obeys' : 'answers'
  }
  const names = (photos: readonly Photo[]): string[] => photos.map(({ name, label }) => `${name} in ${label}`)
  const some = (): Photo[] => getState().photos.filter(() => random() < 0.2)
  /** A change of photos, whatever it makes of them. */
  const changing = (change: () => unknown): unknown => {
    const before = getState()
    const done = change()
    const { labels, photos } = getState()
    if (photos !== before.photos || labels !== before.labels) plain.change('photos', { labels, photos: names(photos) })
    return done
  }
  const cutAt = (tensors: readonly string[]): void => plain.change('model', { cut: [...tensors], told: null })
  const settled = (): Promise<unknown> => vi.runAllTimersAsync()
  /** Has a training begin that waits, by itself or not, and cancels all. */
  const cancelTraining = async (begin: () => Promise<unknown>): Promise<void> => {
    obeying = true
    const trained = begin().catch(() => undefined)
    await vi.advanceTimersByTimeAsync(1_100)
    const jobs = getState().jobs.length
    const ended = cancelAll()
    obeying = false
    await settled()
    await Promise.all([ended, trained])
    cancelled += jobs
  }
  const choose = async (id: string): Promise<void> => {
    const tensors = getState().heads.find((head) => head.id === id)?.cut ?? []
    if (tensors.join() !== plain.things.cut.join()) cutAt(tensors)
    await chooseHead(id)
  }
  const actions: (() => unknown)[] = [
    () => changing(() => addLabel(`label ${made++}`)),
    () =>
      changing(() => {
        const label = one(getState().labels)
        if (label !== undefined && getState().labels.length > 3) deleteLabel(label)
      }),
    () =>
      changing(() => {
        const label = one(getState().labels)
        if (label !== undefined) renameLabel(label, `label ${made++}`)
      }),
    async () => {
      const label = one(getState().labels) ?? `label ${made++}`
      const before = getState().photos
      await addPhotos(
        Array.from({ length: 1 + below(6) }, () => ({ name: `${made++}`, label, blob: new Blob([`${made}`]) })),
      )
      const { labels, photos } = getState()
      if (photos !== before) plain.change('photos', { labels, photos: names(photos) })
    },
    () => changing(() => deletePhotos(some().map(({ id }) => id))),
    () =>
      changing(() =>
        movePhotos(
          some().map(({ id }) => id),
          one(getState().labels) ?? 'label',
        ),
      ),
    () =>
      changing(() =>
        pinPhotos(
          some().map(({ id }) => id),
          one(['train', 'test', null] as const) ?? null,
        ),
      ),
    () => {
      const tensor = one(['a:0', 'b:0', 'c:0']) ?? ''
      cutAt([tensor])
      return cut([tensor])
    },
    () => setPreprocessing({ range: one(['0to1', 'minus1to1', 'imagenet'] as const) ?? '0to1' }),
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
    () => setAutoTrain(random() < 0.7),
    () => getState().cut && train(),
    () => getState().cut && cancelTraining(() => train()),
    () => cancelTraining(() => Promise.resolve(getState().cut && setPreprocessing({ width: 4 + below(4) }))),
    () => {
      const head = one(getState().heads)
      return head && choose(head.id)
    },
    async () => {
      const { heads, headId } = getState()
      const head = one(heads)
      if (!head) return
      const next = heads.filter(({ id }) => id !== head.id).at(-1)
      if (head.id === headId && next && next.cut.join() !== plain.things.cut.join()) cutAt(next.cut)
      await removeHead(head.id)
    },
  ]
  const act = async (): Promise<boolean> => {
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
  const compare = (at: string, isQuiet: boolean): void => {
    const state = getState()
    const now = written(recordOf(state))
    for (const { report, trainedOn } of state.heads) {
      const record = records.get(report.images)
      expect(record && written(record) === now, `${at}: a head is up to date`).toBe(
        isSameKey(trainedOn, trainingKey(state)),
      )
    }
    const head = state.heads.find(({ id }) => id === state.headId) ?? null
    const record = head && records.get(head.report.images)
    const outOfDate = record ? written(record) !== now : false
    expect([currentHead(state), currentReport(state)], at).toEqual([head, head?.report ?? null])
    expect(isOutOfDate(state), `${at}: out of date`).toBe(outOfDate)
    expect(
      steps.map((step) => statusTold(step, state)),
      at,
    ).toEqual(steps.map((step) => statusOf(step, state, outOfDate)))
    const next = steps.find((step) =>
      step === 'train' && outOfDate ? true : statusOf(step, state, outOfDate) !== 'done',
    )
    expect(nextStep(state), at).toBe(next ?? null)
    // While nothing trains, the worker predicts with the head whose report is shown.
    if (isQuiet) {
      const { report = null } = (fakes.latest.head ?? {}) as { readonly report?: unknown }
      expect(report === (head?.report ?? null), `${at}: the worker has the current head`).toBe(true)
    }
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
  const counts = () => ({ cancelled, trained: records.size, heads: getState().heads.length })
  return { act, compare, settled, counts, isRetraining: () => isRetraining(getState()) }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it.each([1, 2, 3])(
  '1,000 random actions, cancels, undos and redos: what is worked out is what the records say, seed %i',
  async (seed) => {
    const { act, compare, settled, counts, isRetraining } = await begun(seed)
    for (let at = 0; at < 1_000; at++) {
      const isQuiet = await act()
      compare(`seed ${seed}, action ${at}`, isQuiet)
    }
    await settled()
    expect(isRetraining()).toBe(false)
    compare('at the end', true)
    expect(counts().cancelled).toBeGreaterThan(20)
    expect(counts().trained).toBeGreaterThan(50)
  },
)
