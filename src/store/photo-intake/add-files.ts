import type { PickedFile } from '../../images/drop'
import type { LookedInto } from '../../images/intake'
import type { IntakeChoices, IntakePlan, Listing } from '../../images/intake/types'
import { photoTexts } from '../../texts/photos'
import type { RejectedFile } from '../../types'
import { runJob, throwIfCancelled } from '../jobs'
import { tell } from '../notices'
import { addPhotos, type ArrivingPhoto, type Intake } from '../photos'
import { takeProject } from '../project-ask'
import { getState } from '../state'
import { imageWorker } from '../workers'

/** Files handed to the image worker at a time: thousands at once would hold the page up. */
const handedOver = 100

/** What takes files of photos that were dropped or picked, with the paths of folders among them that hold nothing. */
export type TakeFiles = (files: readonly PickedFile[], emptyFolders?: readonly string[]) => void

/**
 * Takes in pictures, folders of pictures and zips, by the plan that the image worker makes of them (see `planIntake`);
 * those of files without a list go to `label`, if it is given. Pictures that nothing names go to the last label.
 */
export async function addFiles(
  files: readonly PickedFile[],
  { label, emptyFolders = [] }: { readonly label?: string; readonly emptyFolders?: readonly string[] } = {},
): Promise<Intake> {
  if (takeProject(files)) return { added: 0, rejected: [] }
  const { listing, sources, plan } = await look(files, label === undefined ? {} : { label })
  const blobs = sources.map((source) => (typeof source === 'number' ? files[source].blob : source))
  const empty = emptyFolders.map((name) => ({ name, reason: photoTexts.emptyFolder }))
  return takeIn({ ...plan, rejected: [...empty, ...plan.rejected] }, listing, blobs)
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

/** Takes the pictures of a listing in as the plan says, and tells what was left out. */
async function takeIn({ photos, rejected }: IntakePlan, listing: Listing, blobs: readonly Blob[]): Promise<Intake> {
  const atHand = getState().labels.at(-1) ?? photoTexts.firstLabel
  const arrivals = photos.flatMap((photo, place): ArrivingPhoto[] => {
    if (!photo) return []
    const { label, part, group } = photo
    return [
      {
        name: listing.pictures[place].path,
        label: label ?? atHand,
        blob: blobs[place],
        ...(part === null ? {} : { part }),
        ...(group === null ? {} : { group }),
      },
    ]
  })
  const taken = await addPhotos(arrivals)
  const all = { added: taken.added, rejected: [...rejected, ...taken.rejected] }
  if (all.rejected.length > 0) tellRejected(all.rejected, all.added)
  return all
}

function tellRejected(rejected: readonly RejectedFile[], added: number): void {
  tell({
    kind: 'remark',
    title: photoTexts.rejected(rejected.length, added),
    text: photoTexts.rejectedText,
    rejected,
  })
}
