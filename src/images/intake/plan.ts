/** How dropped files are taken in: which photo gets which label and part, and what is left out. */
import type { Part, RejectedFile } from '../../types'
import type { ListedPhoto } from '../lists/types'
import { notAPicture } from '../decode/sniff'
import { boxesAlone } from './annotations'
import { foldersOf } from './folders'
import { findLevels, labelAt, liesAbove } from './levels'
import { nearNames } from './near-names'
import { partsOfFolders, type FoundParts } from './parts'
import { treeOf } from './tree'
import type { IntakeChoices, IntakeList, IntakePlan, Listing, PlannedParts, PlannedPhoto } from './types'

/**
 * The plan for what was found. A list that is used alone says the labels of the pictures, and what is only in one of the
 * two is left out; else folders are labels, those of the level that distinguishes the photos (see `findLevels`). Folders
 * called `train`, `val` and `test` pin the parts; a `test` alone only where that is chosen, for it may be called so by chance.
 */
export function planIntake(listing: Listing, lists: readonly IntakeList[], choices: IntakeChoices = {}): IntakePlan {
  const rejected: RejectedFile[] = [...listing.rejected, ...problemsOf(listing, lists)]
  const listed = saidBy(lists)
  const naming = lists.filter(({ reading }) => reading?.label).flatMap(({ list }) => list.paths)
  const raw = foldersOf(listing.pictures)
  const found = partsOfFolders(raw, (place) => listed.get(place)?.label)
  const folders = found?.rest ?? raw
  const byFolder = naming.length === 0 && choices.label === undefined
  const levels = byFolder ? findLevels(folders) : { options: [], unsure: false }
  const boxes = byFolder && choices.level === undefined ? boxesAlone(listing, folders) : null
  const level = choices.level ?? levels.options.at(0)?.depths ?? [0]
  const above = levels.options.length > 0 ? liesAbove(folders, level) : () => false
  const keepsParts = choices.parts ?? (found !== null && found.names.train.length > 0)
  const partOf = boxes || !keepsParts ? () => null : (place: number) => found?.parts[place] ?? null
  let loose = 0
  const photos = listing.pictures.map(({ path }, place): PlannedPhoto | null => {
    const said = listed.get(place)
    if (naming.length > 0 && (said?.label ?? null) === null) {
      rejected.push({ name: path, reason: `It has no row in ${shortly(naming)}.` })
      return null
    }
    const part = said?.part ?? partOf(place)
    const label = said?.label ?? choices.label ?? (boxes ? null : labelAt(folders[place], level))
    if (byFolder && !boxes && above(place)) {
      if (label === null && part !== null && part !== 'train') {
        rejected.push({ name: path, reason: `It is in ${raw[place].join('/')}, and no folder names its label.` })
        return null
      }
      loose++
      if (choices.loose === false) return null
    }
    return { label, part, group: null }
  })
  const asks =
    boxes !== null || (levels.unsure && choices.level === undefined) || listing.archives.some(({ unsure }) => unsure)
  return {
    photos,
    lists,
    rejected,
    levels: boxes ? [] : levels.options,
    level,
    tree: byFolder ? treeOf(raw, found?.depth ?? null, level) : { folders: [], more: 0 },
    parts: boxes || !found ? null : plannedParts(found, photos, keepsParts),
    loose: loose === 0 ? null : { photos: loose, taken: choices.loose !== false },
    boxes,
    near: nearNames(byFolder && !boxes ? folders.filter((_, place) => photos[place] !== null) : [], level),
    asks,
  }
}

/** What lists say of each picture, label and part each by the surest list that says it. */
function saidBy(lists: readonly IntakeList[]): ReadonlyMap<number, ListedPhoto> {
  const said = new Map<number, ListedPhoto>()
  const inOrder = [...lists].sort((a, b) => sureness(b) - sureness(a))
  for (const { result } of inOrder) {
    for (const [place, { label, part }] of result?.photos ?? []) {
      const before = said.get(place)
      said.set(place, { label: before?.label ?? label, part: before?.part ?? part })
    }
  }
  return said
}

const sureness = ({ list }: IntakeList): number => ['guess', 'likely', 'sure'].indexOf(list.confidence)

/** Names of lists, of which there can be one a folder. */
const shortly = (paths: readonly string[]): string =>
  paths.length > 3 ? `${paths[0]} and ${paths.length - 1} more lists` : paths.join(' or ')

function plannedParts({ names, parts }: FoundParts, photos: IntakePlan['photos'], used: boolean): PlannedParts {
  const counts: Record<Part, number> = { train: 0, validation: 0, test: 0 }
  parts.forEach((part, place) => {
    if (part !== null && photos[place]) counts[part]++
  })
  return { names: [...names.train, ...names.validation, ...names.test], photos: counts, used }
}

/** Rows of a list that are told one by one. */
const mostTold = 20

/** What is told of lists: those that name no picture, and rows of those used that cannot be. */
function problemsOf({ lists: files }: Listing, lists: readonly IntakeList[]): RejectedFile[] {
  const related = new Set(lists.filter(({ list }) => list.kind !== 'unrelated').flatMap(({ list }) => list.paths))
  const unrelated = files
    .filter(({ plainPath }) => !related.has(plainPath))
    .map(({ path }) => ({ name: path, reason: isTable(path) ? namesNone : notAPicture('text') }))
  const rows = lists.flatMap(({ list, result }) => {
    const problems = result?.problems ?? []
    const told = problems.slice(0, mostTold).map(({ path, reason }) => ({ name: path, reason }))
    const more = problems.length - told.length
    return more > 0 ? [...told, { name: list.paths[0], reason: `And ${more} more rows like these.` }] : told
  })
  return [...unrelated, ...rows]
}

const isTable = (path: string): boolean => /\.[ct]sv$/i.test(path)

const namesNone = 'None of its rows names one of these pictures and a label.'
