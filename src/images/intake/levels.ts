/** Which folders are labels: the levels of a tree of folders, and which of them distinguishes the photos. */
import { labelFromFolder } from '../labels'
import { kindOfNames, type KindOfNames } from './folders'
import type { LevelOption } from './types'

/** A level of folders, counted from 0 at the top. */
interface Level {
  readonly depth: number
  readonly kind: KindOfNames
  /** Different names. */
  readonly names: ReadonlySet<string>
  /** Pictures that lie in a folder of this level or deeper. */
  readonly reached: number
  /** Pictures that lie in a folder of the level above itself. */
  readonly left: number
}

export interface FoundLevels {
  /** Ways to make labels of the folders; the first is proposed. Empty where no picture lies in a folder. */
  readonly options: readonly LevelOption[]
  /** Whether more than one of them is plausible. */
  readonly unsure: boolean
  /** Whether any level has names that may be labels, and more than one. */
  readonly distinguishes: boolean
}

/** The ways in which folders may be labels. */
export function findLevels(folders: readonly (readonly string[])[]): FoundLevels {
  const levels = levelsOf(folders)
  if (levels.length === 0) return { options: [], unsure: false, distinguishes: false }
  const telling = levels.filter(({ kind, names }) => kind === 'names' && names.size > 1)
  const counted = levels.filter(({ kind, names }) => kind === 'numbers' && names.size > 1)
  const candidates = telling.length > 0 ? telling : counted
  const chosen = candidates.findLast((level) => !isRagged(level, levels)) ?? candidates.at(0) ?? fallback(levels)
  // Names that stand under several folders are one label only if those folders do not distinguish anything.
  const above = telling.filter(({ depth }) => depth < chosen.depth)
  const joined =
    above.length > 0 &&
    isMerged(
      folders,
      [...above, chosen].map(({ depth }) => depth),
    )
  const depths = joined ? [...above, chosen].map(({ depth }) => depth) : [chosen.depth]
  const others = levels.filter(({ depth, names }) => names.size > 1 && (joined || depth !== chosen.depth))
  const options = [depths, ...others.map(({ depth }) => [depth]), ...rootOf(levels)].map((each) =>
    optionOf(folders, each),
  )
  return {
    options: distinctOptions(options, folders),
    unsure: joined || candidates.length > 1,
    distinguishes: telling.length > 0,
  }
}

/** The label of a picture in these folders by an option's levels; null where it lies in none. */
export function labelAt(folders: readonly string[], depths: readonly number[]): string | null {
  const names = depths.length === 1 ? [folders[Math.min(depths[0], folders.length - 1)]] : depths.map((d) => folders[d])
  return labelFromFolder(names.filter(Boolean).join(' ') || (folders.at(-1) ?? ''))
}

/** Whether a picture lies above the labels: in a folder that holds folders of a label's level. */
export function liesAbove(
  folders: readonly (readonly string[])[],
  depths: readonly number[],
): (place: number) => boolean {
  const last = Math.max(...depths)
  const parents = new Set(
    folders.flatMap((names) =>
      names.length > last ? names.slice(0, last).map((_, d) => names.slice(0, d + 1).join('/')) : [],
    ),
  )
  return (place) => {
    const names = folders[place]
    return names.length <= last && (names.length === 0 || parents.has(names.join('/')))
  }
}

function levelsOf(folders: readonly (readonly string[])[]): Level[] {
  const deepest = folders.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: deepest }, (_, depth) => {
    const names = new Set<string>()
    let reached = 0
    let left = 0
    for (const path of folders) {
      if (path.length > depth) {
        names.add(path[depth])
        reached++
      } else if (path.length === depth) left++
    }
    return { depth, kind: kindOfNames([...names]), names, reached, left }
  })
}

/** Whether so many pictures stay above a level that it cannot be that of the labels. */
function isRagged({ depth, reached, left }: Level, levels: readonly Level[]): boolean {
  if (depth === 0) return false
  // In a single folder above all labels a few may lie loose; where that level has labels itself, its photos are theirs.
  const loose = levels[depth - 1].names.size === 1
  return left > (loose ? reached : reached / 10)
}

/** Where no level distinguishes: the deepest that could be a label's name, else the deepest. */
function fallback(levels: readonly Level[]): Level {
  return levels.findLast(({ kind }) => kind !== 'aside') ?? levels[levels.length - 1]
}

/** Whether one name at the last of these levels stands under different ones above. */
function isMerged(folders: readonly (readonly string[])[], depths: readonly number[]): boolean {
  const under = new Map<string, string>()
  const last = depths[depths.length - 1]
  return folders.some((names) => {
    if (names.length <= last) return false
    const above = depths
      .slice(0, -1)
      .map((depth) => names[depth])
      .join('/')
    const known = under.get(names[last])
    under.set(names[last], above)
    return known !== undefined && known !== above
  })
}

/** All in one label, by the folder that holds all, where there is one. */
function rootOf(levels: readonly Level[]): number[][] {
  const root = levels.findLast(({ names, left, depth }) => names.size === 1 && (depth === 0 || left === 0))
  return root ? [[root.depth]] : []
}

function optionOf(folders: readonly (readonly string[])[], depths: readonly number[]): LevelOption {
  const counts = new Map<string, number>()
  for (const names of folders) {
    const label = labelAt(names, depths)
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return {
    depths,
    labels: counts.size,
    examples: [...counts].slice(0, mostExamples).map(([label, photos]) => ({ label, photos })),
  }
}

const mostExamples = 8

/** Without those that put the same photos together under the same names. */
function distinctOptions(options: readonly LevelOption[], folders: readonly (readonly string[])[]): LevelOption[] {
  return options.filter(
    ({ depths, labels }, at) =>
      !options
        .slice(0, at)
        .some(
          (other) =>
            other.labels === labels &&
            folders.every((names) => labelAt(names, other.depths) === labelAt(names, depths)),
        ),
  )
}
