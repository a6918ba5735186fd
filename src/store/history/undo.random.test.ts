import { beforeEach, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import { uniform } from '../../random'
import { beginStore } from '../testing/begin'
import { PlainHistory, type PlainThings } from '../testing/plain-history'

/** The tensor at which a network is not cut while its layer is told something. */
const narrow = 'narrow:0'
const tensors = ['a:0', 'b:0', 'c:0', narrow]

/** The store, what should be in it, and all that is done at random to both. */
async function begun(seed: number) {
  const store = await beginStore()
  const { cut } = await import('../model/cut')
  const { toldLayers } = await import('../model/model')
  const { addLabel, deleteLabel } = await import('../photos/labels')
  const { addPhotos, deletePhotos } = await import('../photos/photos')
  const { tellLayer } = await import('../model/telling')
  const { undo, redo } = await import('./undo')
  const { fakes, getState, open } = store
  const plain = new PlainHistory()
  const random = uniform(seed)
  const below = (n: number): number => Math.floor(random() * n)
  let made = 0
  fakes.fate = (life, call, name, args) => {
    if (name === 'cut' && String(args[1]) === narrow && fakes.lives[life - 1].told.length > 0) {
      return new CutpointError('cannot-cut', 'No.', 'Cut elsewhere.')
    }
    // Now and then a worker dies over it, and the next, which is brought back by a few calls, does it.
    return (name === 'cut' || name === 'uncut') && call > 8 && random() < 0.02 ? 'dies' : 'answers'
  }
  const actions: (() => unknown)[] = [
    async function cutSomewhere() {
      const tensor = tensors[below(tensors.length)]
      const isRefused = tensor === narrow && plain.things.told !== null
      if (!isRefused) plain.change('model', { cut: [tensor], told: plain.things.told })
      const outcome = await cut([tensor]).catch((error: unknown) => (error as CutpointError).code)
      expect(outcome === 'cannot-cut').toBe(isRefused)
    },
    function tellSomething() {
      const told = below(3) === 0 ? null : 1 + below(1_000)
      const { cut: before } = plain.things
      plain.change('model', { told, cut: told !== null && before[0] === narrow ? [] : before })
      return tellLayer('lambda', told === null ? null : { does: 'scale', by: told })
    },
    function label() {
      const { labels, photos } = plain.things
      if (labels.length > 5) {
        const gone = labels[below(labels.length)]
        const left = photos.filter((name) => !name.endsWith(` in ${gone}`))
        plain.change('photos', { labels: labels.filter((each) => each !== gone), photos: left })
        return deleteLabel(gone)
      }
      const fresh = `label ${made++}`
      plain.change('photos', { labels: [...labels, fresh], photos })
      addLabel(fresh)
    },
    function addSome() {
      const { labels, photos } = plain.things
      const to = labels.at(below(6)) ?? `label ${made++}`
      const names = Array.from({ length: 1 + below(20) }, () => `${made++} in ${to}`)
      plain.change('photos', { labels: [...new Set([...labels, to])], photos: [...photos, ...names] })
      return addPhotos(names.map((name) => ({ name, label: to, blob: new Blob([name]) })))
    },
    function deleteSome() {
      const gone = getState().photos.filter(() => random() < 0.3)
      if (gone.length === 0) return
      const names = new Set(gone.map(({ name }) => name))
      plain.change('photos', {
        labels: plain.things.labels,
        photos: plain.things.photos.filter((name) => !names.has(name)),
      })
      deletePhotos(gone.map(({ id }) => id))
    },
  ]
  const undoOne = (): Promise<void> => (plain.undo(), undo())
  const redoOne = (): Promise<void> => (plain.redo(), redo())
  const act = async (): Promise<void> => {
    const kind = random()
    if (kind < 0.02) {
      plain.openAnother()
      await open(`net ${made++}`)
    } else if (kind < 0.5) {
      // Several keys at once, perhaps while a cut is being made, or after a label is added meanwhile.
      const first = random() < 0.3 ? [actions[0]()] : []
      if (random() < 0.2) actions[2]()
      const keys = Array.from({ length: 1 + below(4) }, () => (random() < 0.6 ? undoOne() : redoOne()))
      await Promise.all([...first, ...keys])
    } else await actions[below(actions.length)]()
  }
  const shown = (): PlainThings => {
    const { labels, photos, cut: now } = getState()
    const told = toldLayers().map(({ told: what }) => (what.does === 'scale' ? what.by : null))
    const tensorsNow = now?.summary.tensors ?? []
    expect(fakes.latest).toMatchObject({ cut: tensorsNow, told: toldLayers() })
    return { labels, photos: photos.map(({ name }) => name), cut: tensorsNow, told: told.at(0) ?? null }
  }
  const counts = () => {
    const { past, future } = getState().undoSteps
    return [past.length, future.length]
  }
  return { plain, act, shown, counts, lives: fakes.lives }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

it.each([1, 2, 3])('1,000 random changes, undos and redos lead where a plain model says, seed %i', async (seed) => {
  const { plain, act, shown, counts, lives } = await begun(seed)
  let deepest = 0
  for (let at = 0; at < 1_000; at++) {
    await act()
    expect(shown(), `action ${at}`).toEqual(plain.things)
    expect(counts(), `action ${at}`).toEqual([plain.past.length, plain.future.length])
    deepest = Math.max(deepest, plain.past.length)
  }
  expect(deepest).toBeGreaterThan(20)
  expect(lives.length).toBeGreaterThan(3)
})
