import { startKeepingViews } from './graph-view/view'
import { startKeeping } from './keeping/keeping'
import { goBackTo } from './keeping/restore'
import { heads } from './model/heads'
import { keepOpenModel } from './model/model'
import { attempt, startForgettingOpening } from './page/notices'
import { keepOffline } from './page/offline'
import { startPresenting } from './page/page'
import { startTheme } from './page/theme'
import { startUndoingReadings } from './photo-intake/drops'
import { startTellingReadings } from './photo-intake/take-in'
import { computeCare } from './restored'
import { startAutoTrain } from './training/auto-train'
import { startMeasuring } from './training/input-range'
import { startAskingAgain } from './training/tried'
import { careForCompute } from './workers/workers'

const keepingHelpers = {
  goBack: (network: string) => attempt(() => goBackTo(network)),
  keepModel: keepOpenModel,
  heads: () => heads.all(),
}

/**
 * All that acts by itself, in the order in which it starts and from then on hears of a change of the state. No module acts
 * because it was imported.
 */
const starting: readonly (() => void)[] = [
  startTheme,
  startPresenting,
  () => careForCompute(computeCare),
  startForgettingOpening,
  startKeepingViews,
  startUndoingReadings,
  startTellingReadings,
  startAskingAgain,
  // Writes what the ones before have made of a change.
  () => void startKeeping(keepingHelpers),
  startAutoTrain,
  startMeasuring,
]

/** Starts the store: to be called once, by the page's entry and by tests that want all of it. */
export function startStore(): void {
  for (const start of starting) start()
  // While developing, files change without a build that could tell.
  if (import.meta.env.PROD) void keepOffline()
}
