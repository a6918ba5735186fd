/** Folders such as `train`, `val` and `test`, which say in which part their photos are. */
import type { Part } from '../../types'
import { partOfFolder } from './folders'

/** Parts that folders say. */
export interface FoundParts {
  /** Of each picture; null where its folders say none. */
  readonly parts: readonly (Part | null)[]
  /** The folders of each picture without those that say the part. */
  readonly rest: readonly (readonly string[])[]
  /** The depth of those folders. */
  readonly depth: number
  /** The folders' names, by part, as they are written. */
  readonly names: Readonly<Record<Part, readonly string[]>>
}

/**
 * The parts that one level of folders says: `train/cats`, `cats/train`, `data/train/cats`. A `train` beside a `val` or
 * `test`, each with labels under them, and some the same or at least folders under both; else null, for `train` may be a
 * label itself, beside `car` and `bus`. A `test` or `val` alone says it of photos with labels under them, where nothing
 * lies beside it: it may have been dropped after its `train`.
 *
 * @param folders of each picture, from the top
 * @param listed the labels that lists say; undefined where none does
 */
export function partsOfFolders(
  folders: readonly (readonly string[])[],
  listed: (place: number) => string | null | undefined,
): FoundParts | null {
  const deepest = folders.reduce((most, { length }) => Math.max(most, length), 0)
  for (let depth = 0; depth < deepest; depth++) {
    const found = atDepth(folders, depth)
    if (found && isSplit(found, listed)) return found
  }
  return null
}

function atDepth(folders: readonly (readonly string[])[], depth: number): FoundParts | null {
  const known = new Map<string, Part | null>()
  const parts = folders.map((names) => {
    if (names.length <= depth) return null
    const name = names[depth]
    const part = known.get(name) ?? partOfFolder(name)
    known.set(name, part)
    return part
  })
  const named = (wanted: Part): string[] => [...known].flatMap(([name, part]) => (part === wanted ? [name] : []))
  const names = { train: named('train'), validation: named('validation'), test: named('test') }
  if (names.validation.length + names.test.length === 0) return null
  if (names.train.length === 0 && parts.includes(null)) return null
  const rest = folders.map((all, place) => (parts[place] === null ? all : all.toSpliced(depth, 1)))
  return { parts, rest, depth, names }
}

function isSplit({ parts, rest }: FoundParts, listed: (place: number) => string | null | undefined): boolean {
  const trained = new Set<string>()
  const heldOut = new Set<string>()
  parts.forEach((part, place) => {
    const label = listed(place) ?? rest[place].join('/')
    if (part !== null && label !== '') (part === 'train' ? trained : heldOut).add(label)
  })
  if (trained.size === 0) return heldOut.size > 0 && parts.every((_, place) => rest[place].length > 0)
  return trained.size > 1 || [...trained].some((label) => heldOut.has(label)) || (trained.size > 0 && heldOut.size > 0)
}
