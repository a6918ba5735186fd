/** How dropped files are taken in: which photo gets which label, and what is left out. */
import type { RejectedFile } from '../../types'
import type { ListedPhoto } from '../lists/types'
import { notAPicture } from '../sniff'
import { labelFromPath } from './paths'
import type { IntakeChoices, IntakeList, IntakePlan, Listing } from './types'

/**
 * The plan for what was found. A list of labels that is used alone says them, and what is only in one of the two is left
 * out; else each folder is a label. Where two lists name a photo, the surer one counts.
 */
export function planIntake(listing: Listing, lists: readonly IntakeList[], choices: IntakeChoices = {}): IntakePlan {
  const rejected: RejectedFile[] = [...listing.rejected, ...problemsOf(listing, lists)]
  const listed = saidBy(lists)
  const naming = lists.filter(({ reading }) => reading?.label).flatMap(({ list }) => list.paths)
  const photos = listing.pictures.map(({ path, plainPath }, place) => {
    const { label = null, part = null } = listed.get(place) ?? {}
    if (naming.length === 0) return { label: choices.label ?? labelFromPath(plainPath), part, group: null }
    if (label !== null) return { label, part, group: null }
    rejected.push({ name: path, reason: `It has no row in ${shortly(naming)}.` })
    return null
  })
  return { photos, lists, rejected, asks: false }
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
