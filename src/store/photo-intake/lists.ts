/** Lists that came with photos: what they were taken for, and reading them another way. */
import { create } from 'zustand'
import type { IntakeChoices, IntakeList, IntakePlan, Listing, PlannedPhoto } from '../../images/intake/types'
import type { ListReading } from '../../images/lists/types'
import { listTexts } from '../../texts/lists'
import { getState, type Photo } from '../state'
import { changePhotos } from '../undo'
import type { PhotoSet } from '../undo-steps'
import { imageWorker } from '../workers'

/** A drop that was taken in. */
export interface TakenDrop {
  readonly listing: Listing
  readonly choices: IntakeChoices
  readonly plan: IntakePlan
  /** Of the photo of each picture of the listing; null for those left out. */
  readonly ids: readonly (string | null)[]
  /** The label of photos that nothing names. */
  readonly atHand: string
  /** Takes in pictures of the drop, by their places, as a plan says. */
  readonly take: (plan: IntakePlan, places: readonly number[]) => Promise<readonly string[]>
}

/** The last drop with lists, and the list that is asked about. */
export const usePhotoLists = create<{ readonly drop: TakenDrop | null; readonly asked: IntakeList | null }>(() => ({
  drop: null,
  asked: null,
}))

/** Shows what the lists of a drop were taken for, if it has any that name photos. */
export function noteLists(drop: TakenDrop): void {
  if (drop.plan.lists.some(({ list }) => list.kind !== 'unrelated')) usePhotoLists.setState({ drop, asked: null })
}

export const askAboutList = (asked: IntakeList | null): void => usePhotoLists.setState({ asked })

/**
 * Reads a list of the last drop in this way, null to leave it out: photos of the drop get the labels and parts that it
 * then says, as one step for undo; those it leaves out go, and those it did leave out come.
 */
export async function readListAs({ list }: IntakeList, reading: ListReading | null): Promise<void> {
  const { drop } = usePhotoLists.getState()
  if (!drop) return
  const choices = { ...drop.choices, lists: { ...drop.choices.lists, [list.paths[0]]: reading } }
  const plan = await imageWorker().planAgain(drop.listing, choices)
  const planned = new Map<string, PlannedPhoto | null>()
  drop.ids.forEach((id, place) => {
    if (id !== null) planned.set(id, plan.photos[place])
  })
  changePhotos(listTexts.did(list), (before) => replanned(before, planned, drop.atHand))
  const missing = plan.photos.flatMap((photo, place) => (photo && drop.ids[place] === null ? [place] : []))
  const kept = drop.ids.map((id, place) => (plan.photos[place] ? id : null))
  const ids = missing.length > 0 ? await drop.take(plan, missing) : []
  missing.forEach((place, at) => {
    kept[place] = ids[at]
  })
  usePhotoLists.setState({ drop: { ...drop, choices, plan, ids: kept }, asked: null })
}

/** Photos with the labels and parts of a plan; labels that lose all of theirs go, new ones come behind. */
function replanned(
  { labels, photos }: PhotoSet,
  planned: ReadonlyMap<string, PlannedPhoto | null>,
  atHand: string,
): PhotoSet {
  const next = photos.flatMap((photo): Photo[] => {
    const plan = planned.get(photo.id)
    if (plan === undefined) return [photo]
    if (plan === null) return []
    const part = plan.part === null ? { pinned: false } : { part: plan.part, pinned: true }
    return [{ ...photo, label: plan.label ?? atHand, ...part }]
  })
  const used = new Set(next.map(({ label }) => label))
  const had = new Set(photos.map(({ label }) => label))
  const stay = labels.filter((label) => used.has(label) || !had.has(label))
  return { labels: [...new Set([...stay, ...used])], photos: next }
}

/** Whether photos of the drop are still there, so that its lists mean something. */
export function isThere(drop: TakenDrop): boolean {
  const ids = new Set(drop.ids)
  return getState().photos.some(({ id }) => ids.has(id))
}
