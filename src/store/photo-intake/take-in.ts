/** Taking a drop in, and taking it otherwise afterwards: both by a plan, of which all that is chosen for the drop is part. */
import type { IntakePlan } from '../../images/intake/types'
import { intakeTexts } from '../../texts/photos/intake'
import { photoTexts } from '../../texts/photos/photos'
import { nextTask } from '../../next-task'
import type { RejectedFile } from '../../types'
import { attempt, dismiss, tell } from '../page/notices'
import { beginStep } from '../history/photo-steps'
import { addPhotos, type ArrivingPhoto } from '../photos/photos'
import { getState } from '../state/state'
import {
  isThere,
  keepDrop,
  latestOf,
  newDrop,
  putsOf,
  readingOf,
  useTakenDrops,
  withReading,
  type TakenDrop,
} from './drops'
import { askPlan, type Planned } from './plan-asked'
import { replanned } from './replanned'
import { saidOf } from './said'

/** Takes pictures in as the plan says, tells what was left out, and offers to choose otherwise. */
export async function takeIn(planned: Planned): Promise<void> {
  const drop = newDrop(planned)
  const arrivals = arrivalsOf(drop, planned.plan)
  // Thousands of photos are gone through here and there, in a task each.
  await nextTask()
  const { added, rejected } = await addPhotos(arrivals)
  keepDrop(drop)
  tellSaid(drop)
  tellRejected([...planned.plan.rejected, ...rejected], added)
}

/**
 * Puts another plan in the place of the one in force, as one step for undo: photos get what it says, those it leaves out
 * go, those that were left out come. What the user has changed by hand since stays, and is told where the plan would have
 * it otherwise.
 *
 * @param what in words, for undo
 */
export async function takeOtherwise(
  drop: TakenDrop,
  { choices, plan }: Pick<Planned, 'choices' | 'plan'>,
  what: string,
): Promise<void> {
  const before = readingOf(drop)
  const from = putsOf(drop, before.plan)
  const there = new Set(getState().photos.map(({ id }) => id))
  const gone = drop.photoIds.filter((id) => from.get(id) && !there.has(id))
  const deleted = new Set([...before.deleted, ...gone])
  const arrivals = arrivalsOf(drop, plan).filter(({ id }) => !there.has(id) && !deleted.has(id))
  const { stayed, ...after } = replanned(getState(), { from, to: putsOf(drop, plan) }, getState().options)
  const step = beginStep(() => what, after)
  keepDrop(withReading(drop, { choices, plan, step: step.id, deleted }))
  if (stayed > 0) tell({ kind: 'remark', title: intakeTexts.said.stayed(stayed), text: '' })
  const known = new Set(before.plan.rejected.map(asText))
  const leftOut = plan.rejected.filter((one) => !known.has(asText(one)))
  if (arrivals.length === 0) step.close()
  const { added, rejected } = arrivals.length > 0 ? await addPhotos(arrivals, step) : { added: 0, rejected: [] }
  tellRejected([...leftOut, ...rejected], added)
}

const asText = ({ name, reason }: RejectedFile): string => `${name}\n${reason}`

function arrivalsOf(drop: TakenDrop, plan: IntakePlan): (ArrivingPhoto & { readonly id: string })[] {
  const puts = putsOf(drop, plan)
  return drop.photoIds.flatMap((id, place) => {
    const put = puts.get(id)
    if (!put) return []
    const { path: name } = drop.listing.pictures[place]
    const group = plan.photos[place]?.group ?? null
    const pinned = { ...(put.part === null ? {} : { part: put.part }), ...(group === null ? {} : { group }) }
    return [{ id, name, label: put.label, blob: drop.blobs[place], ...pinned }]
  })
}

/** Says how a drop was taken in, in place of what was said of it before. */
function tellSaid(drop: TakenDrop): void {
  if (drop.notice !== null) dismiss(drop.notice)
  const { lines, canChange } = saidOf({ ...drop, ...readingOf(drop) })
  if (lines.length === 0) return
  const [title, ...more] = lines
  const change = { label: intakeTexts.said.change, run: () => askOtherwise(latestOf(drop)) }
  const notice = tell({ kind: 'remark', title, text: more.join(' '), ...(canChange ? { action: change } : {}) })
  keepDrop({ ...drop, notice })
}

/** Asks how a drop is to be taken, from what is chosen for it now. */
function askOtherwise(drop: TakenDrop): void {
  askPlan({ ...drop, ...readingOf(drop) }, (chosen) => {
    const now = latestOf(drop)
    attempt(() => (isThere(now) ? takeOtherwise(now, chosen, intakeTexts.did) : takeIn(chosen)))
  })
}

function tellRejected(rejected: readonly RejectedFile[], added: number): void {
  if (rejected.length === 0) return
  tell({
    kind: 'remark',
    title: photoTexts.rejected(rejected.length, added),
    text: photoTexts.rejectedText,
    rejected,
  })
}

/** Says again what was said of a drop where another reading comes into force, also by undo. */
export function startTellingReadings(): void {
  useTakenDrops.subscribe(({ drops }, { drops: before }) => {
    for (const drop of drops) {
      const old = before.find(({ id }) => id === drop.id)
      if (!old || readingOf(old) === readingOf(drop)) continue
      const now = saidOf({ ...drop, ...readingOf(drop) })
      const then = saidOf({ ...old, ...readingOf(old) })
      if (now.canChange || now.lines.join() !== then.lines.join()) tellSaid(drop)
    }
  })
}
