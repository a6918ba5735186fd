import type { PickedFile } from '../../images/drop'
import type { LookedInto } from '../../images/intake'
import type { IntakeChoices } from '../../images/intake/types'
import { photoTexts } from '../../texts/photos/photos'
import { nextTask } from '../../next-task'
import type { RejectedFile } from '../../types'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { attempt } from '../page/notices'
import { takeProject } from '../projects/ask-project'
import { imageWorker } from '../workers/workers'
import { askPlan } from './plan-asked'
import { takeIn } from './take-in'

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
  // The answer of thousands of files is read in a task of its own.
  await nextTask()
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
