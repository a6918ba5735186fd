/** Which photo a list means by what it calls it. */
import type { Part } from '../../types'
import { isPicturePath } from '../intake/paths'
import { partOfListName, partOfWord } from './names'

export interface FoundPlace {
  /** Of the photo, among the paths. */
  readonly place: number
  /** Whether one of the two paths is the end of the other; else folders above differ. */
  readonly whole: boolean
  /** Names that both end in. */
  readonly tail: number
}

/** Finds a photo by its name in the list at `listPath`; undefined where none or several are as near. */
export type FindPlace = (name: string, listPath: string) => FoundPlace | undefined

/**
 * Photos are found by the end of their paths, the longest end first, with or without the ending of pictures; first from the
 * list's own folder, then from those above. A name that fits several photos fits none, unless the list and the folder
 * are of the same part (`train.csv`, `train/`). A number is a whole name: `1` is `1.jpg`, never `cat_1.jpg`.
 *
 * @param paths of the photos
 */
export function placeFinder(paths: readonly string[]): FindPlace {
  const known = indexed(paths)
  const memory = new Map<string, Map<string, FoundPlace | undefined>>()
  return (name, listPath) => {
    const folder = namesOf(listPath).slice(0, -1)
    const key = folder.join('/')
    const before = memory.get(key) ?? new Map<string, FoundPlace | undefined>()
    memory.set(key, before)
    if (!before.has(name)) before.set(name, search(known, name, folder, partOfListName(listPath)))
    return before.get(name)
  }
}

interface Index {
  /** Names along each photo's path, in the order of `ranks`. */
  readonly names: readonly (readonly string[])[]
  /** Places, in the order of the paths; a folder's photos are neighbours. */
  readonly places: readonly number[]
  readonly sorted: readonly string[]
  /** Ranks by each end of a path, with and without the picture's ending, ascending. */
  readonly byTail: ReadonlyMap<string, readonly number[]>
}

function indexed(paths: readonly string[]): Index {
  const ordered = paths
    .map((path, place) => {
      const names = namesOf(path)
      return { names, place, path: names.join('/') }
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.place - b.place))
  const byTail = new Map<string, number[]>()
  const note = (tail: string, rank: number): void => {
    const ranks = byTail.get(tail)
    if (ranks === undefined) byTail.set(tail, [rank])
    else if (ranks.at(-1) !== rank) ranks.push(rank)
  }
  ordered.forEach(({ names }, rank) => {
    names.forEach((_, from) => {
      const tail = names.slice(from).join('/')
      note(tail, rank)
      note(withoutEnding(tail), rank)
    })
  })
  return {
    names: ordered.map(({ names }) => names),
    places: ordered.map(({ place }) => place),
    sorted: ordered.map(({ path }) => path),
    byTail,
  }
}

function search(index: Index, given: string, folder: readonly string[], part: Part | null): FoundPlace | undefined {
  const names = namesOf(given)
  if (names.length === 0) return undefined
  const bare = withoutEnding(names.at(-1) ?? '')
  const tries = bare === names.at(-1) ? [names] : [names, [...names.slice(0, -1), bare]]
  for (const pass of [byName, byPath, byEnd]) {
    for (const tried of tries) {
      for (let level = folder.length; level >= 0; level--) {
        const found = pass({ index, names: tried, range: rangeOf(index, folder.slice(0, level)), level, part })
        if (found === 'several') return undefined
        if (found) return found
      }
    }
  }
  return undefined
}

interface Search {
  readonly index: Index
  readonly names: readonly string[]
  /** Ranks of the photos in the folder that is looked in, and how deep that is. */
  readonly range: readonly [number, number]
  readonly level: number
  readonly part: Part | null
}

type PlaceOutcome = FoundPlace | 'several' | undefined

/** The name is the photo's path from this folder, else the end of it. */
function byName(search: Search): PlaceOutcome {
  const { index, names, level } = search
  const all = ranksOf(search, 0)
  const exact = all.filter((rank) => index.names[rank].length === level + names.length)
  return all.length === 0 ? undefined : single(search, exact.length > 0 ? exact : all, 0, true)
}

/** The photo's path from this folder is the end of the name. */
function byPath(search: Search): PlaceOutcome {
  const { index, names, level } = search
  for (let from = 1; from < names.length; from++) {
    const whole = ranksOf(search, from).filter((rank) => index.names[rank].length === level + names.length - from)
    if (whole.length > 0) return single(search, whole, from, true)
  }
  return undefined
}

/** The longest end that both have; a photo in the folder of another part than the list says is another photo. */
function byEnd(search: Search): PlaceOutcome {
  const { index, names } = search
  for (let from = 1; from < names.length; from++) {
    const ranks = ranksOf(search, from)
    const said = partOfWord(names[from - 1])
    const fitting = ranks.filter((rank) => {
      const photo = index.names[rank]
      const above = partOfWord(photo[photo.length - (names.length - from) - 1] ?? '')
      return said === null || above === null || said === above
    })
    if (fitting.length > 0) return single(search, fitting, from, false)
    if (ranks.length > 0) return undefined
  }
  return undefined
}

function single({ index, names, part }: Search, ranks: readonly number[], from: number, whole: boolean): PlaceOutcome {
  const chosen =
    ranks.length > 1 && part !== null
      ? ranks.filter((rank) => index.names[rank].slice(0, -1).some((name) => partOfListName(name) === part))
      : ranks
  return chosen.length === 1 ? { place: index.places[chosen[0]], whole, tail: names.length - from } : 'several'
}

/** Ranks in the folder of photos whose path ends in the names from `from` on. */
function ranksOf({ index, names, range: [first, end] }: Search, from: number): readonly number[] {
  const ranks = index.byTail.get(names.slice(from).join('/'))
  if (ranks === undefined) return []
  return end - first === index.places.length
    ? ranks
    : ranks.slice(
        firstFrom(ranks.length, (at) => ranks[at] >= first),
        firstFrom(ranks.length, (at) => ranks[at] >= end),
      )
}

/** The ranks of a folder's photos, first and behind the last. */
function rangeOf({ sorted }: Index, folder: readonly string[]): [number, number] {
  if (folder.length === 0) return [0, sorted.length]
  const path = folder.join('/')
  // In code units `0` follows `/`, so that all paths below the folder lie between the two.
  return [
    firstFrom(sorted.length, (at) => sorted[at] >= `${path}/`),
    firstFrom(sorted.length, (at) => sorted[at] >= `${path}0`),
  ]
}

/** The first position that holds, of those of which all behind hold, too. */
function firstFrom(length: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Names along a path as a list or a system writes it, in one form: addresses and drives without what is in front. */
function namesOf(path: string): string[] {
  const address = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.exec(path)
  const inside = address ? decoded(path.slice(address[0].length).replace(/[?#].*$/, '')) : path
  return inside
    .normalize('NFC')
    .toLowerCase()
    .replace(/^[a-z]:(?=[\\/])/, '')
    .split(/[/\\]/)
    .filter((name) => name !== '' && name !== '.' && name !== '..')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Data sets are often converted, so that the list still has the endings of before. */
const withoutEnding = (path: string): string =>
  isPicturePath(path) || /\.(ppm|pgm|pbm|dcm|raw)$/i.test(path) ? path.replace(/\.[^./]*$/, '') : path
