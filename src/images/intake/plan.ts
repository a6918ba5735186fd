/** How dropped files are taken in: which photo gets which label, and what is left out. */
import type { RejectedFile } from '../../types'
import type { ListedPhoto } from '../lists/types'
import { labelFromPath } from './paths'
import type { IntakeChoices, IntakeList, IntakePlan, Listing } from './types'

/**
 * The plan for what was found. A list that is used alone says the labels of the pictures, and what is only in one of the
 * two is left out; else each folder is a label.
 */
export function planIntake(listing: Listing, lists: readonly IntakeList[], choices: IntakeChoices = {}): IntakePlan {
  const rejected: RejectedFile[] = [...listing.rejected, ...problemsOf(lists)]
  const used = lists.filter((list) => list.used)
  const listed = new Map<number, ListedPhoto>()
  for (const { result } of used) for (const [place, photo] of result?.photos ?? []) listed.set(place, photo)
  const names = used.flatMap(({ paths }) => paths).join(' or ')
  const photos = listing.pictures.map(({ path, plainPath }, place) => {
    if (used.length === 0) return { label: choices.label ?? labelFromPath(plainPath), part: null, group: null }
    const said = listed.get(place)
    if (said) return { ...said, group: null }
    rejected.push({ name: path, reason: `It has no row in ${names}.` })
    return null
  })
  return { photos, lists, rejected, asks: false }
}

/** Rows of a list that are told one by one. */
const mostTold = 20

/** What is told of lists: those that name no picture, and rows of the others that cannot be used. */
function problemsOf(lists: readonly IntakeList[]): RejectedFile[] {
  return lists.flatMap(({ paths, result, used }) => {
    if (!result) {
      return paths.map((name) => ({ name, reason: 'None of its rows names one of these pictures and a label.' }))
    }
    if (!used) return []
    const told = result.problems.slice(0, mostTold).map(({ path, reason }) => ({ name: path, reason }))
    const more = result.problems.length - mostTold
    return more > 0 ? [...told, { name: paths[0], reason: `And ${more} more rows like these.` }] : told
  })
}
