import { collectDrop, type Collected } from '../../images/drop'
import { photoTexts } from '../../texts/photos/photos'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { tellUnreadable } from '../page/notices'

/** Milliseconds after which it is shown that a drop is walked: a few files are there at once. */
const shownAfter = 100

/** What is in a drop, as a job; what cannot be read is told. Call it within the drop event. */
export async function takeDrop(dataTransfer: DataTransfer): Promise<Collected> {
  const walk = (_: string, signal: AbortSignal): Promise<Collected> =>
    collectDrop(dataTransfer, () => throwIfCancelled(signal))
  const collected = await runJob(photoTexts.opening, walk, 'images', shownAfter)
  tellUnreadable(collected.unreadable)
  return collected
}
