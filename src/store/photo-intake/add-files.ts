import type { PickedFile } from '../../images/drop'
import type { LookedInto } from '../../images/intake'
import type { IntakeChoices } from '../../images/intake/types'
import { intakeTexts } from '../../texts/intake'
import { photoTexts } from '../../texts/photos'
import type { RejectedFile } from '../../types'
import { newId } from '../ids'
import { runJob, throwIfCancelled } from '../jobs'
import { attempt, tell } from '../notices'
import { addPhotos, deletePhotos, type ArrivingPhoto } from '../photos'
import { takeProject } from '../project-ask'
import { getState } from '../state'
import { undoPhotos } from '../undo'
import { imageWorker } from '../workers'
import { noteLists } from './lists'
import { askPlan, type Planned } from './plan-asked'
import { saidOf } from './said'

/** Files handed to the image worker at a time: thousands at once would hold the page up. */
const handedOver = 100

/** What takes files of photos that were dropped or picked, with the paths of folders among them that hold nothing. */
export type TakeFiles = (files: readonly PickedFile[], emptyFolders?: readonly string[]) => void

/**
 * Takes in pictures, folders of pictures and zips, by the plan that the image worker makes of them (see `planIntake`);
 * where that leaves something to decide, the user is asked first and it goes on from there. Those of files without a list
 * go to `label`, if it is given. Pictures that nothing names go to the last label.
 */
export async function addFiles(
  files: readonly PickedFile[],
  { label, emptyFolders = [] }: { readonly label?: string; readonly emptyFolders?: readonly string[] } = {},
): Promise<void> {
  if (takeProject(files)) return
  const choices = label === undefined ? {} : { label }
  const { listing, sources, plan } = await look(files, choices)
  const blobs = sources.map((source) => (typeof source === 'number' ? files[source].blob : source))
  const empty = emptyFolders.map((name) => ({ name, reason: photoTexts.emptyFolder }))
  const withEmpty = <T extends { readonly rejected: readonly RejectedFile[] }>(told: T): T => ({
    ...told,
    rejected: [...empty, ...told.rejected],
  })
  const planned = { listing: withEmpty(listing), blobs, choices, plan: withEmpty(plan) }
  if (plan.asks) askPlan(planned, (chosen) => attempt(() => takeIn(chosen)))
  else await takeIn(planned)
}

/** Looks into files, as a job. */
function look(files: readonly PickedFile[], choices: IntakeChoices): Promise<LookedInto> {
  return runJob(
    photoTexts.opening,
    async (_, signal) => {
      for (let at = 0; at < files.length; at += handedOver) {
        throwIfCancelled(signal)
        await imageWorker({ signal }).meet(files.slice(at, at + handedOver).map(({ blob }) => blob))
      }
      return imageWorker({ signal }).lookInto(
        files.map(({ path, blob }) => ({ path, blob })),
        choices,
      )
    },
    'images',
  )
}

/** Takes pictures in as the plan says, tells what was left out, and offers to choose otherwise. */
async function takeIn(planned: Planned): Promise<void> {
  const { plan } = planned
  const before = new Set(getState().photos.map(({ id }) => id))
  const arrivals = arrivalsOf(planned)
  const { added, rejected } = await addPhotos(arrivals)
  const ids = getState().photos.flatMap(({ id }) => (before.has(id) ? [] : [id]))
  const step = getState().photoSteps.past.at(-1)?.id
  const takeBack = (): void => {
    if (step !== undefined && getState().photoSteps.past.at(-1)?.id === step) undoPhotos()
    else deletePhotos(ids)
  }
  const idAt = new Map(arrivals.map(({ place, id }) => [place, id]))
  noteLists({
    ...planned,
    atHand: labelAtHand(planned),
    ids: plan.photos.map((_, place) => idAt.get(place) ?? null),
    take: async (other, places) => {
      const wanted = new Set(places)
      const more = arrivalsOf({ ...planned, plan: other }).filter(({ place }) => wanted.has(place))
      await addPhotos(more)
      return more.map(({ id }) => id)
    },
  })
  tellSaid(planned, (chosen) => {
    takeBack()
    attempt(() => takeIn(chosen))
  })
  tellRejected([...plan.rejected, ...rejected], added)
}

/** The label of photos that nothing names. */
function labelAtHand({ plan }: Planned): string {
  return plan.boxes ? intakeTexts.unsorted : (getState().labels.at(-1) ?? photoTexts.firstLabel)
}

function arrivalsOf(planned: Planned): (ArrivingPhoto & { readonly id: string; readonly place: number })[] {
  const { listing, blobs, plan } = planned
  const atHand = labelAtHand(planned)
  return plan.photos.flatMap((photo, place) => {
    if (!photo) return []
    const { label, part, group } = photo
    const pinned = { ...(part === null ? {} : { part }), ...(group === null ? {} : { group }) }
    const { path: name } = listing.pictures[place]
    return [{ id: newId('photo'), place, name, label: label ?? atHand, blob: blobs[place], ...pinned }]
  })
}

function tellSaid(planned: Planned, takeOtherwise: (chosen: Planned) => void): void {
  const { lines, canChange } = saidOf(planned)
  if (lines.length === 0) return
  const [title, ...more] = lines
  const change = { label: intakeTexts.said.change, run: () => askPlan(planned, takeOtherwise) }
  tell({ kind: 'remark', title, text: more.join(' '), ...(canChange ? { action: change } : {}) })
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
