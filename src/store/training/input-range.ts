import { CutpointError, type ErrorCode } from '../../errors'
import { preprocessingTexts } from '../../texts/training/preprocessing'
import { ensureBackend } from '../workers/backend'
import { clearlyBest } from './clearly-best'
import { runJob } from '../workers/jobs'
import { tellError } from '../page/notices'
import { getState, setState, useStore, type State } from '../state/state'
import type { Photo } from '../state/types'
import { computeWorker } from '../workers/workers'

/** Photos that are looked at. */
const wanted = 16

/** Milliseconds after which it is shown that it measures: most often it is done by then. */
const shownAfter = 1_000

/** What was measured last, and on how many photos. */
let measured: { readonly model: number; readonly photos: number } | null = null
let running: Promise<void> | null = null

/** Measures the input's range as soon as there are a model that allows it and photos, and again once there are more. */
export function startMeasuring(): void {
  useStore.subscribe((now, before) => {
    if (now.photos !== before.photos || now.model?.id !== before.model?.id) void rangeSettled()
  })
}

/**
 * Resolves when the range has been measured on the model and the photos there are by then, or cannot be. Rejects never.
 */
export async function rangeSettled(): Promise<void> {
  // What runs may be of the model before, and more photos may have come meanwhile.
  while (running || isDue(getState())) await (running ??= measureOnce())
}

function measureOnce(): Promise<void> {
  return measure()
    .catch((error: unknown) => {
      if (!(error instanceof CutpointError) || !unsaid.has(error.code)) tellError(error)
    })
    .finally(() => {
      running = null
    })
}

/** Nobody asked to measure: a network that does not run is told of when it is trained on. */
const unsaid: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['cancelled', 'run-failed'])

/** Whether there is more to measure on: twice the photos of the last time, up to what is wanted. */
function isDue({ model, photos, preprocessing }: State): boolean {
  if (!model?.measurable || !preprocessing || photos.length === 0) return false
  if (measured?.model !== model.id) return true
  return measured.photos < wanted && photos.length >= Math.min(wanted, 2 * measured.photos)
}

async function measure(): Promise<void> {
  const { model, photos, preprocessing } = getState()
  if (!model || !preprocessing) return
  const chosen = spread(photos)
  measured = { model: model.id, photos: chosen.length }
  const found = await runJob(
    preprocessingTexts.measured.measuring,
    async (job, signal) => {
      await ensureBackend()
      const images = chosen.map(({ id, name, hash }) => ({ id, name, hash }))
      return computeWorker({ signal }).measureRange(job, images, preprocessing)
    },
    'compute',
    shownAfter,
  )
  if (found && getState().model?.id === model.id) take({ model: model.id, ...found })
}

/** Some photos of all labels. */
function spread(photos: readonly Photo[]): readonly Photo[] {
  const count = Math.min(wanted, photos.length)
  return Array.from({ length: count }, (_, place) => photos[Math.floor((place * photos.length) / count)])
}

/** Shows what was measured, and goes by it unless the files or the user have said otherwise, or heads depend on it. */
function take(rangeMeasured: NonNullable<State['rangeMeasured']>): void {
  const { model, preprocessing, heads } = getState()
  setState({ rangeMeasured })
  if (!model?.preprocessing || !preprocessing || heads.length > 0) return
  const untouched =
    preprocessing.how === model.preprocessing.how || preprocessing.how === preprocessingTexts.measured.how
  const open = model.preprocessingBasis === 'convention' || model.preprocessingBasis === 'assumed'
  const best = clearlyBest(rangeMeasured, model.preprocessingBasis === 'assumed' ? null : model.preprocessing)
  if (!untouched || !open || !best) return
  const { range, order } = best
  const sized = model.preprocessingKnown || (model.inputSize.width !== null && model.inputSize.height !== null)
  setState({
    preprocessing: { ...preprocessing, range, order, how: preprocessingTexts.measured.how },
    preprocessingKnown: sized,
  })
}
