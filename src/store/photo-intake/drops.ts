/** Drops that were taken in and may be taken otherwise: what was chosen for each, which is undone and redone with its photos. */
import { create } from 'zustand'
import type { IntakeChoices, IntakePlan, PlannedPhoto } from '../../images/intake/types'
import { intakeTexts } from '../../texts/photos/intake'
import { photoTexts } from '../../texts/photos/photos'
import type { Part } from '../../types'
import { newId } from '../state/ids'
import { getState, useStore } from '../state/state'
import type { UndoSteps } from '../state/types'
import type { Planned } from './plan-asked'

/** One way in which a drop was taken: the user's choices for folders and lists together, and the plan that came of them. */
export interface DropReading {
  readonly choices: IntakeChoices
  readonly plan: IntakePlan
  /** The step that took the drop so; null for the first. */
  readonly step: string | null
  /** Photos that an earlier plan took in and the user has deleted since: no other plan brings them back. */
  readonly deleted: ReadonlySet<string>
}

export interface TakenDrop extends Pick<Planned, 'listing' | 'blobs'> {
  readonly id: string
  /** What the photo of each picture of the listing is known by, whether it is taken in or not. */
  readonly photoIds: readonly string[]
  /** The label of photos that nothing names. */
  readonly atHand: string
  /** In the order they were chosen; those behind `at` were undone. */
  readonly readings: readonly DropReading[]
  /** Place of the reading in force. */
  readonly at: number
  /** The notice that offers to choose otherwise. */
  readonly notice: string | null
}

/** Drops whose choices may still be changed, the latest last. */
export const useTakenDrops = create<{ readonly drops: readonly TakenDrop[] }>(() => ({ drops: [] }))

/** A drop as it is about to be taken in for the first time. */
export function newDrop({ listing, blobs, choices, plan }: Planned): TakenDrop {
  return {
    id: newId('drop'),
    listing,
    blobs,
    photoIds: listing.pictures.map(() => newId('photo')),
    atHand: getState().labels.at(-1) ?? photoTexts.firstLabel,
    readings: [{ choices, plan, step: null, deleted: new Set() }],
    at: 0,
    notice: null,
  }
}

/** The reading in force. */
export const readingOf = ({ readings, at }: TakenDrop): DropReading => readings[at]

/** Keeps a drop as it is now; those that nothing on the page leads to any more are forgotten. */
export function keepDrop(drop: TakenDrop): void {
  const others = useTakenDrops.getState().drops.filter(({ id }) => id !== drop.id)
  const shown = new Set(getState().notices.map(({ id }) => id))
  const drops = [...others, drop]
  const listed = lastWithLists(drops)
  useTakenDrops.setState({
    drops: drops.filter((one) => one === drop || one === listed || (one.notice !== null && shown.has(one.notice))),
  })
}

/** The drop as it is now. */
export const latestOf = (drop: TakenDrop): TakenDrop =>
  useTakenDrops.getState().drops.find(({ id }) => id === drop.id) ?? drop

/** The drop with another reading in force; what was undone of it is given up. */
export const withReading = (drop: TakenDrop, reading: DropReading): TakenDrop => ({
  ...drop,
  readings: [...drop.readings.slice(0, drop.at + 1), reading],
  at: drop.at + 1,
})

/** The last drop with lists that name photos. */
export const lastWithLists = (drops: readonly TakenDrop[]): TakenDrop | null =>
  drops.findLast((drop) => readingOf(drop).plan.lists.some(({ list }) => list.kind !== 'unrelated')) ?? null

/** Whether photos of the drop are still there, so that its choices mean something. */
export function isThere({ photoIds }: TakenDrop): boolean {
  const ids = new Set(photoIds)
  return getState().photos.some(({ id }) => ids.has(id))
}

/** How a plan takes a photo in. */
export interface Put {
  readonly label: string
  /** Where it is pinned; null to have it dealt. */
  readonly part: Part | null
}

/** How a plan takes in each photo of a drop, by its id; null for those it leaves out. */
export function putsOf({ photoIds, atHand }: TakenDrop, plan: IntakePlan): ReadonlyMap<string, Put | null> {
  const unnamed = plan.boxes ? intakeTexts.unsorted : atHand
  const put = (photo: PlannedPhoto | null): Put | null => photo && { label: photo.label ?? unnamed, part: photo.part }
  return new Map(plan.photos.map((photo, place) => [photoIds[place], put(photo)]))
}

/** Has the reading of a drop undone and redone with its photos from now on. */
export function startUndoingReadings(): void {
  useStore.subscribe(({ undoSteps }, before) => {
    if (undoSteps === before.undoSteps) return
    const { drops } = useTakenDrops.getState()
    const now = drops.map((drop) => ({ ...drop, at: placeBy(undoSteps, drop) }))
    if (now.some(({ at }, place) => at !== drops[place].at)) useTakenDrops.setState({ drops: now })
  })
}

/** Which reading is in force by what was undone and redone. */
function placeBy({ past, future }: UndoSteps, { readings, at }: TakenDrop): number {
  const isAmong = (steps: UndoSteps['past'], reading: DropReading | undefined): boolean =>
    steps.some(({ id }) => id === reading?.step)
  let place = at
  while (isAmong(future, readings.at(place))) place--
  while (isAmong(past, readings.at(place + 1))) place++
  return place
}
