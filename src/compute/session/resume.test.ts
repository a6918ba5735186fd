import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import { errorOf } from '../../formats/testing/errors'
import { specOf } from '../../heads/specs'
import type { KeptTraining, TrainingState } from '../../kept-training'
import { uniform } from '../../random'
import type { TailOptions } from '../../tail-options'
import type { Progress, TrainingStep } from '../../types'
import type { TrainingShelf } from '../tuning/shelf'
import { images, opened, quick } from './testing/tuning'
import type { TrainedHead } from './types'

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

const mark = { id: 'training-1', network: 'net', on: { photos: 'p', settings: 's' } }
const head = { ...specOf('dense').defaults, hidden: [6], epochs: 5 }
const long: Partial<TailOptions> = { ...quick, epochs: 12, patience: 0 }

/** What lies on a disk; a session that is to die writes `writes` times and then never again. */
class Disk {
  kept: { readonly training: KeptTraining; readonly state: TrainingState | null } | null = null
  full = false
  /** Whether nothing can be read: not what is kept, or only not the state of it. */
  closed: 'all' | 'state' | null = null

  shelf(writes = Infinity): TrainingShelf {
    let left = writes
    return {
      find: () => {
        const { kept } = this
        if (this.closed === 'all') return Promise.reject(new Error('closed'))
        if (!kept) return Promise.resolve(null)
        const state = (): Promise<TrainingState | null> =>
          this.closed ? Promise.reject(new Error('closed')) : Promise.resolve(structuredClone(kept.state))
        return Promise.resolve({ training: kept.training, state })
      },
      keep: (training, state) => {
        if (left-- <= 0) return deferred<undefined>().promise
        if (this.full) return Promise.reject(new Error('full'))
        const before = this.kept?.training.id === training.id ? this.kept.state : null
        this.kept = structuredClone({ training, state: state ?? before })
        return Promise.resolve()
      },
      forget: () => {
        this.kept = null
        return Promise.resolve()
      },
    }
  }
}

/** A session on a disk, with the epochs that were shown of it. */
async function openedOn(disk: Disk, writes = Infinity, onEpochs: () => void = () => undefined) {
  const shown: TrainingStep[] = []
  const told: Progress[] = []
  const all = await opened((progress) => {
    told.push(progress)
    const { history, first, what } = progress
    if (!history || what !== 'Training the last layers') return
    shown.splice(first ?? shown.length, Infinity, ...history)
    onEpochs()
  })
  all.session.useTrainingShelf(Promise.resolve(disk.shelf(writes)))
  const train = (change: Partial<TailOptions> = {}, id = mark.id, photos = images): Promise<TrainedHead> =>
    all.train({ ...long, ...change }, head, photos, { ...mark, id })
  return { ...all, shown, told, train }
}

/** Every epoch is told, as where each takes its time. */
function slowly(onLook: () => void = () => undefined): () => void {
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    onLook()
    return (now += 50)
  })
  return () => clock.mockRestore()
}

/** What does not depend on how long things took. */
const timeless = ({ head: { layers, tail }, report }: TrainedHead): unknown => ({
  layers,
  tail,
  history: report.history,
  evaluated: report.evaluated,
  accuracy: report.accuracy,
  fit: { ...report.fit, ms: 0 },
  report: { ...report.tail, ms: 0 },
})

it('goes on in another session to the same bits, wherever it was killed, and loses nothing that was shown', async () => {
  const restore = slowly()
  try {
    const whole = timeless(await (await openedOn(new Disk())).train())
    const random = uniform(7)
    for (let time = 0; time < 6; time++) {
      const disk = new Disk()
      // Killed as often as it gets no further than some epochs.
      let seen = 0
      for (let deaths = 0; deaths < 2; deaths++) {
        const writes = 1 + Math.floor(4 * random())
        const dying = await openedOn(disk, writes)
        void dying.train()
        await vi.waitFor(() => expect(dying.told.at(-1)?.what).toBeDefined())
        await vi.waitFor(() => expect(disk.kept?.training.history.length ?? 0).toBeGreaterThan(seen))
        await vi.waitUntil(() => dying.shown.length >= Math.min(12, seen + writes))
        expect(disk.kept?.training.history.slice(0, dying.shown.length)).toEqual(dying.shown)
        seen = dying.shown.length
      }
      const next = await openedOn(disk)
      const found = await next.session.keptTraining('net')
      expect(found).toMatchObject({ id: mark.id, labels: ['dark', 'light'] })
      const resumed = next.train()
      await vi.waitUntil(() => next.shown.length > 0)
      expect(next.shown.length).toBeGreaterThanOrEqual(seen)
      expect(timeless(await resumed)).toEqual(whole)
      expect(next.shown).toHaveLength(12)
    }
  } finally {
    restore()
  }
}, 60_000)

it('goes on within an epoch after a pause', async () => {
  // The clock is looked at several times in each step.
  let looks = 0
  let pause = (): void => undefined
  const restore = slowly(() => {
    if (--looks === 0) pause()
  })
  try {
    const whole = timeless(await (await openedOn(new Disk())).train({ batchSize: 4, mix: 'mixup' }))
    const disk = new Disk()
    const random = uniform(3)
    const all = await openedOn(disk, Infinity, () => {
      if (looks <= 0) looks = 1 + Math.floor(100 * random())
    })
    pause = () => all.session.pause('train')
    let within = 0
    for (let pauses = 0; pauses < 4; pauses++) {
      looks = 0
      expect(await errorOf(all.train({ batchSize: 4, mix: 'mixup' }))).toMatchObject({ code: 'paused' })
      expect(await all.session.keptTraining('net')).toMatchObject({ history: all.shown, onDisk: true })
      within += disk.kept?.state?.within.steps ?? 0
      // Others have their turn meanwhile.
      await all.session.cut(1, [all.cut])
    }
    expect(within).toBeGreaterThan(0)
    pause = () => undefined
    expect(timeless(await all.train({ batchSize: 4, mix: 'mixup' }))).toEqual(whole)
    await all.session.forgetTraining('net')
    expect(await all.session.keptTraining('net')).toBeNull()
  } finally {
    restore()
  }
})

it('is paused in memory where there is no disk', async () => {
  const all = await openedOn(new Disk())
  all.session.useTrainingShelf(Promise.reject(new Error('no disk')))
  all.session.pause('train')
  expect(await errorOf(all.train())).toMatchObject({ code: 'paused' })
  expect(await all.session.keptTraining('net')).toMatchObject({ id: mark.id, history: [], onDisk: false })
  expect((await all.train()).report.history).toHaveLength(12)
  await all.session.forgetTraining('net')
  expect(await all.session.keptTraining('net')).toBeNull()
})

it('begins another training in the place of one that was paused', async () => {
  const disk = new Disk()
  const all = await openedOn(disk)
  all.session.pause('train')
  expect(await errorOf(all.train({ epochs: 500 }))).toMatchObject({ code: 'paused' })
  expect(disk.kept?.training.history).toEqual([])
  const other = await all.train({}, 'training-2')
  expect(disk.kept?.training).toMatchObject({ id: 'training-2', history: other.report.history })
})

it('says so where the disk takes nothing, and goes on', async () => {
  const disk = new Disk()
  disk.full = true
  const all = await openedOn(disk)
  const { report } = await all.train()
  expect(all.told.filter(({ history }) => history).map(({ kept }) => kept)).toContain(false)
  expect(report.history).toHaveLength(12)
})

it('is done, and comes to the same, where nothing can be read of the disk any more', async () => {
  const disk = new Disk()
  const whole = timeless(await (await openedOn(disk)).train())
  for (const closed of ['all', 'state'] as const) {
    disk.closed = closed
    const all = await openedOn(disk)
    expect(timeless(await all.train())).toEqual(whole)
  }
})

it('is refused where the network or the photos are others than it began with', async () => {
  const disk = new Disk()
  const dying = await openedOn(disk, 2)
  void dying.train()
  await vi.waitUntil(() => disk.kept !== null)
  const next = await openedOn(disk)
  const swapped = images.map((image) => ({ ...image, hash: String(Number(image.hash) + 40) }))
  expect(await errorOf(next.train({}, mark.id, swapped))).toMatchObject({ code: 'cannot-resume' })
  expect(await errorOf(next.train({ layers: 2 }))).toMatchObject({ code: 'cannot-resume' })
  expect(await errorOf(next.train({ optimizer: 'sgd' }))).toMatchObject({ code: 'cannot-resume' })
})
