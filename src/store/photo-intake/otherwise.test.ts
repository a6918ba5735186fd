import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { lookInto, planAgain } from '../../images/intake'
import type { ImageApi, ImageWorker } from '../../workers/images'
import { movePhotos, deletePhotos, pinPhotos } from '../photos/photos'
import { getState, initialState, setState } from '../state/state'
import { lastStep, redo, undo } from '../history/undo'
import { addFiles } from './add-files'
import { lastWithLists, readingOf, startUndoingReadings, useTakenDrops } from './drops'
import { readListAs } from './lists'
import { choosePlan, takePlanned, usePlanAsked } from './plan-asked'
import { startTellingReadings } from './take-in'

// Pictures need a browser to be opened; everything else is what the image worker does.
vi.mock('../../workers/images', () => ({
  createImageWorker: (): ImageWorker => {
    const api: Partial<Record<keyof ImageApi, (...args: never[]) => Promise<unknown>>> = {
      meet: () => Promise.resolve(),
      lookInto: (...args: Parameters<typeof lookInto>) => lookInto(...args),
      planAgain: (...args: Parameters<typeof planAgain>) => planAgain(...args),
      examine: (_: Blob, name: string) => Promise.resolve({ hash: name, perceptualHash: null, width: 4, height: 3 }),
    }
    return { api: api as ImageWorker['api'], port: () => new MessageChannel().port1, terminate: () => undefined }
  },
}))

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1])
const file = (path: string, content: BlobPart) => ({ path, blob: new File([content], path) })

/** Parts, two levels of folders that could be labels, and a list beside them that says other things; one row has no size. */
const paths = ['train', 'test'].flatMap((part) =>
  ['red', 'blue'].flatMap((colour) =>
    ['hat', 'shoe'].flatMap((thing) =>
      [0, 1].map((at) => `${part}/${colour}/${thing}/${part}${colour}${thing}${at}.jpg`),
    ),
  ),
)
const thing = (path: string): string => path.split('/')[2]
const colourAndThing = (path: string): string => path.split('/').slice(1, 3).join(' ')
const season = (_: string, at: number): string => ['spring', 'autumn'][at % 2]
const size = (_: string, at: number): string => (at === 0 ? '' : ['s', 'm', 'l'][at % 3])
const rows = paths.map((path, at) => `${path},${season(path, at)},${size(path, at)}`)
const files = [
  ...paths.map((path) => file(path, jpeg)),
  file('seasons.csv', `${['file,class,size', ...rows].join('\n')}\n`),
]

/** Column of the list. */
const column = (at: number) => ({ file: 0, label: { kind: 'column', column: at } as const, part: null })

/** Its plan. */
const plan = () => {
  const drop = lastWithLists(useTakenDrops.getState().drops)
  return drop && readingOf(drop).plan
}

/** Presses “Columns…” and uses the list so. */
const columns = async (reading: Parameters<typeof readListAs>[1]): Promise<void> => {
  const list = plan()?.lists[0]
  if (!list) throw new Error('no list was noted')
  await readListAs(list, reading)
}

/** Presses “Choose otherwise”, and takes them in with this change. */
async function otherwise(change: Parameters<typeof choosePlan>[0]): Promise<void> {
  const action = getState().notices.find((notice) => notice.action)?.action
  if (!action) throw new Error('nothing offers to choose otherwise')
  action.run()
  const { asked } = usePlanAsked.getState()
  choosePlan(change)
  const settled = () => {
    const now = usePlanAsked.getState().asked
    expect(now).not.toBe(asked)
    expect(now?.plannedFor).toBe(now?.choices)
  }
  await vi.waitFor(settled)
  takePlanned()
  await vi.waitFor(() => expect(getState().jobs).toEqual([]))
}

/** Photos by label, by their names without what is the same in all. */
function shown(): Record<string, string[]> {
  const { labels, photos } = getState()
  const named = (label: string) => photos.filter((photo) => photo.label === label).map(({ name }) => short(name))
  return Object.fromEntries(labels.map((label) => [label, named(label).sort()]))
}
const short = (path: string): string => path.replace(/^.*\/|\.jpg$/g, '')
const by = (label: (path: string, at: number) => string, of = paths): Record<string, string[]> => {
  const all: Record<string, string[]> = {}
  paths.forEach((path, at) => {
    if (of.includes(path)) (all[label(path, at)] ??= []).push(short(path))
  })
  return Object.fromEntries(Object.entries(all).map(([key, names]) => [key, names.sort()]))
}
const photoOf = (name: string) => getState().photos.find((photo) => short(photo.name) === name)
const idOf = (name: string): string => photoOf(name)?.id ?? ''
const pinned = (): number => getState().photos.filter((photo) => photo.pinned).length
const titles = (): string[] => getState().notices.map(({ title }) => title)

beforeAll(() => {
  startUndoingReadings()
  startTellingReadings()
})

beforeEach(() => {
  usePlanAsked.setState({ asked: null })
  setState({ ...initialState })
})

/** Drops all, with the things as labels. */
async function drop(): Promise<void> {
  await addFiles(files)
  if (usePlanAsked.getState().asked) {
    takePlanned()
    await vi.waitFor(() => expect(getState().photos).toHaveLength(paths.length))
    await vi.waitFor(() => expect(getState().jobs).toEqual([]))
  }
}

it('keeps the columns that were chosen when the folders are chosen otherwise', async () => {
  await drop()
  expect(shown()).toEqual(by(colourAndThing))
  await columns(column(1))
  expect(shown()).toEqual(by(season))
  expect(pinned()).toBe(paths.length)
  await otherwise({ parts: false })
  expect(shown()).toEqual(by(season))
  expect(pinned()).toBe(0)
  expect(plan()?.lists[0].reading).toEqual(column(1))
})

it('keeps the folders that were chosen when columns are', async () => {
  await drop()
  await otherwise({ level: [1], parts: false })
  expect(shown()).toEqual(by(thing))
  await columns(column(1))
  expect(pinned()).toBe(0)
  await columns(null)
  expect(shown()).toEqual(by(thing))
})

it('undoes and redoes each choice as one step, with what is chosen', async () => {
  await drop()
  const ids = getState().photos.map(({ id }) => id)
  await otherwise({ level: [1] })
  await columns(column(1))
  await undo()
  expect(shown()).toEqual(by(thing))
  expect(plan()?.lists[0].reading).toBeNull()
  await undo()
  expect(shown()).toEqual(by(colourAndThing))
  expect(getState().photos.map(({ id }) => id)).toEqual(ids)
  await redo()
  await redo()
  expect(shown()).toEqual(by(season))
  expect(plan()?.lists[0].reading).toEqual(column(1))
  await undo()
  await undo()
  // From what is in force, not from what was undone.
  await otherwise({ parts: false })
  expect(shown()).toEqual(by(colourAndThing))
  expect(lastStep(getState())?.what).toBe('choose otherwise')
})

it('takes what a column leaves out in again, once, and in one step', async () => {
  await drop()
  await columns(column(2))
  expect(shown()).toEqual(by(size, paths.slice(1)))
  expect(getState().notices.flatMap(({ rejected = [] }) => rejected.map(({ name }) => name))).toContain(paths[0])
  await undo()
  expect(shown()).toEqual(by(colourAndThing))
  await columns(column(1))
  expect(shown()).toEqual(by(season))
  await columns(column(2))
  await columns(null)
  expect(shown()).toEqual(by(colourAndThing))
  await undo()
  expect(shown()).toEqual(by(size, paths.slice(1)))
})

it('leaves what was changed by hand as it is, and says so', async () => {
  await drop()
  const [first, second, third, ...others] = paths
  movePhotos([idOf(short(first))], 'mine')
  deletePhotos([idOf(short(second))])
  pinPhotos([idOf(short(third))], 'validation')
  await otherwise({ level: [1] })
  const rest = [third, ...others]
  expect(shown()).toEqual({ ...by(thing, rest), mine: [short(first)] })
  expect(photoOf(short(third))).toMatchObject({ part: 'validation', pinned: true })
  expect(titles()).toContain('1 photo that you changed by hand stays as you put it.')
  // The first has no size, so that the column leaves it out.
  await columns(column(2))
  expect(shown()).toEqual({ ...by(size, rest), mine: [short(first)] })
  await columns(column(1))
  expect(shown()).toEqual({ ...by(season, rest), mine: [short(first)] })
})
