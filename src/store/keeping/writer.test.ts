import { describe, expect, it } from 'vitest'
import { diskFull } from '../../keeping/disk-full'
import type { RecordChange, Records } from '../../keeping/records'
import { initialState, type State } from '../state/state'
import type { HeadEntry, ModelState, Photo } from '../state/types'
import { PhotoPages, type PlacedPhoto } from './photo-pages'
import { Writer } from './writer'

/** A database that answers when it is told to, and refuses the writings of these numbers (the first is 0). */
class Disk implements Pick<Records, 'write'> {
  readonly records = new Map<string, unknown>()
  readonly #waiting: (() => void)[] = []
  readonly #refused: ReadonlySet<number>
  writings = 0

  constructor(refused: readonly number[] = []) {
    this.#refused = new Set(refused)
  }

  write(changes: readonly RecordChange[]): Promise<void> {
    const number = this.writings++
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        if (this.#refused.has(number)) return reject(diskFull())
        for (const { store, key, value } of changes) {
          if (value === undefined) this.records.delete(`${store} ${key}`)
          else this.records.set(`${store} ${key}`, value)
        }
        resolve()
      })
    })
  }

  /** Answers the oldest writings, in their order; all there are if no number is given. */
  async answer(count = this.#waiting.length): Promise<void> {
    for (const answer of this.#waiting.splice(0, count)) answer()
    await new Promise((resolve) => setImmediate(resolve))
  }

  /** What a reload would show. */
  shown(): ShownState {
    const pages = [...this.records].flatMap(([key, value]) =>
      key.startsWith('photos ') ? [value as PlacedPhoto[]] : [],
    )
    const network = this.records.get('networks a') as { cut: string[] | null; headOrder: string[] } | undefined
    return {
      photos: new PhotoPages().adopt(pages).map(({ id, label }) => `${id} ${label}`),
      labels: (this.records.get('values labels') as string[] | undefined) ?? [],
      cut: network?.cut ?? null,
      heads: (network?.headOrder ?? []).filter((id) => this.records.has(`heads ${id}`)),
    }
  }
}

interface ShownState {
  readonly photos: readonly string[]
  readonly labels: readonly string[]
  readonly cut: readonly string[] | null
  readonly heads: readonly string[]
}

const shownBy = ({ photos, labels, cut, heads }: State): ShownState => ({
  photos: photos.map(({ id, label }) => `${id} ${label}`),
  labels,
  cut: cut?.summary.tensors ?? null,
  heads: heads.map(({ id }) => id),
})

const photo = (number: number, label = 'cat'): Photo => ({ id: `photo-${number}`, label }) as Photo
const head = (id: string): HeadEntry => ({ id }) as HeadEntry
const model = {
  kept: { key: 'a', name: 'a', from: { files: [] }, choices: {} },
  output: null,
  otherInputs: [],
} as unknown as ModelState
const cutAt = (tensor: string): State['cut'] => ({ summary: { tensors: [tensor] } }) as State['cut']

/** A visit in steps; its photos lie on two pages. */
const steps: readonly ((state: State) => Partial<State>)[] = [
  () => ({ model }),
  () => ({ cut: cutAt('pool:0') }),
  () => ({ labels: ['cat'], photos: Array.from({ length: 40 }, (_, index) => photo(index)) }),
  ({ heads }) => ({ heads: [...heads, head('head-1')], headId: 'head-1' }),
  // One photo goes to the end, on another page.
  ({ photos }) => ({ photos: [...photos.slice(1), photos[0]] }),
  ({ photos }) => ({ photos: photos.map((one, index) => (index === 2 ? { ...one, label: 'dog' } : one)) }),
  () => ({ cut: cutAt('conv:0'), labels: ['cat', 'dog'] }),
  ({ heads }) => ({ heads: [...heads, head('head-2')], headId: 'head-2' }),
]

/** Goes through the visit; `each` is called after every writing. Gives all states that were shown. */
async function visit(writer: Writer, each: () => Promise<void>): Promise<State[]> {
  const states: State[] = [initialState]
  for (const step of steps) {
    const last = states[states.length - 1]
    const next = { ...last, ...step(last) }
    for (const entry of next.heads.filter((one) => !last.heads.includes(one))) {
      void writer.keepHead({ entry, kept: {} as never }).catch(() => undefined)
      await each()
    }
    states.push(next)
    writer.write(next)
    await each()
  }
  return states
}

/** The number of writings that a visit takes. */
const most = steps.length + 2

describe('a disk that refuses a writing', () => {
  for (let refused = 0; refused < most; refused++) {
    it(`number ${refused}, keeps what was shown before, says so, and has all after a retry`, async () => {
      const disk = new Disk([refused])
      const told: unknown[] = []
      const writer = new Writer(disk, { failed: (error) => told.push(error), dropped: () => undefined })
      const states = await visit(writer, () => disk.answer())
      expect(told).toHaveLength(1)
      const shown = states.map(shownBy)
      expect(shown).toContainEqual(disk.shown())
      expect(await settled(writer.retry(), disk)).toBe(true)
      expect(disk.shown()).toEqual(shown.at(-1))
    })

    it(`number ${refused}, and answers late, holds a state that was shown and loses no photo`, async () => {
      const disk = new Disk([refused])
      const told: unknown[] = []
      const writer = new Writer(disk, { failed: (error) => told.push(error), dropped: () => undefined })
      const states = await visit(writer, () => Promise.resolve())
      const shown = states.map(shownBy)
      for (let answered = 0; answered < disk.writings; answered++) {
        await disk.answer(1)
        expect(shown).toContainEqual({ ...disk.shown(), heads: expect.any(Array) as string[] })
      }
      // What was refused was in the next writing too; only the last one has none after it.
      expect(told).toHaveLength(refused === most - 1 ? 1 : 0)
      if (told.length === 0) expect(disk.shown()).toEqual(shown.at(-1))
    })
  }

  it('goes on refusing: nothing is written meanwhile, and all when there is room again', async () => {
    const disk = new Disk([2, 3, 4])
    const writer = new Writer(disk, { failed: () => undefined, dropped: () => undefined })
    const states = await visit(writer, () => disk.answer())
    expect(disk.writings).toBe(3)
    expect(await settled(writer.retry(), disk)).toBe(false)
    expect(await settled(writer.retry(), disk)).toBe(false)
    expect(writer.stopped).toBe(true)
    expect(await settled(writer.retry(), disk)).toBe(true)
    expect(disk.shown()).toEqual(shownBy(states[states.length - 1]))
  })
})

it('writes everything to a database that holds nothing any more', async () => {
  const disk = new Disk()
  const writer = new Writer(disk, { failed: () => undefined, dropped: () => undefined })
  const states = await visit(writer, () => disk.answer())
  const last = states[states.length - 1]
  const empty = new Disk()
  const heads = last.heads.map((entry) => ({ entry, kept: {} as never }))
  writer.startAnew(empty, last, heads)
  expect(await settled(writer.retry(), empty)).toBe(true)
  expect(empty.shown()).toEqual(shownBy(last))
})

/** What comes of a retry, once the disk has answered. */
async function settled(retry: Promise<boolean>, disk: Disk): Promise<boolean> {
  await disk.answer()
  return retry
}
