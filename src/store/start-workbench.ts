import { startComparing } from './photos/alike'
import { startDeselecting } from './photos/selection'
import { startFollowingTraining } from './training/live-history'

/** What acts by itself for the workbench alone, and is fetched with it, in the order in which it starts. */
const starting: readonly (() => void)[] = [startDeselecting, startComparing, startFollowingTraining]

let started = false

/** Starts what the workbench needs of the store, once, however often it is called. */
export function startWorkbench(): void {
  if (started) return
  started = true
  for (const start of starting) start()
}
