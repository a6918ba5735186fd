import { CutpointError } from '../errors'
import { keepingTexts } from '../texts/keeping'
import { cut } from './cut'
import { heads } from './heads'
import { goOn } from './keeping'
import { keptFiles } from './keeping-model'
import type { KeptVisit } from './keeping-visit'
import { chooseOutput, reopenModel, setInputValue } from './model'
import { tell, tellError } from './notices'
import { getState, setState, type KeptModel, type Photo } from './state'
import { imageWorker } from './workers'

/**
 * Brings back what is kept of the visit before: photos and labels, model, cut, settings and heads, which predict without
 * being trained again. What cannot be brought back is told, and the rest goes on.
 */
export async function goOnWithLastVisit(): Promise<void> {
  await goOn(async (visit, photos) => {
    await restorePhotos(visit, photos)
    const { model } = visit.values
    const whole = !model || (await restoreModel(model, visit))
    if (whole) setState(({ keeping }) => ({ keeping: { ...keeping, returning: null } }))
  })
}

async function restorePhotos({ values }: KeptVisit, photos: readonly Photo[]): Promise<void> {
  const there = new Set(await imageWorker().keptKeys('picture/'))
  const found = photos.filter(({ hash }) => there.has(`picture/${hash}`))
  const lost = photos.length - found.length
  setState(({ labels, options, autoTrain }) => ({
    labels: values.labels ?? labels,
    photos: lost === 0 ? photos : found,
    options: values.options ?? options,
    autoTrain: values.autoTrain ?? autoTrain,
  }))
  if (lost > 0) {
    tell({ kind: 'remark', title: keepingTexts.photosLostTitle(lost), text: keepingTexts.photosLostText, stays: true })
  }
}

/** Whether the model is open again. */
async function restoreModel(model: KeptModel, visit: KeptVisit): Promise<boolean> {
  const opened = await part(keepingTexts.modelLostTitle(model.name), async () => {
    const source = await keptFiles(model.from)
    if (!source) throw new CutpointError('not-available', keepingTexts.modelGone, keepingTexts.modelGoneNext)
    await reopenModel(source, model)
  })
  if (!opened) return false
  // Another model may be opened meanwhile: nothing of this one then belongs to it.
  const isOpen = (): boolean => getState().model?.kept?.key === model.key
  const { values } = visit
  await part(keepingTexts.inputsLostTitle, async () => {
    const { output, inputs = [] } = values
    if (output != null && output !== getState().model?.output) await chooseOutput(output)
    for (const { tensor, value } of inputs) if (value && isOpen()) await setInputValue(tensor, value)
  })
  if (!isOpen()) return true
  const { preprocessing, preprocessingKnown, pastCuts = [] } = values
  if (preprocessing) setState({ preprocessing, preprocessingKnown: preprocessingKnown ?? true })
  await part(keepingTexts.cutLostTitle, async () => {
    if (values.cut) await cut(values.cut, { remember: false })
    if (isOpen()) setState({ pastCuts })
  })
  if (!isOpen()) return true
  await part(keepingTexts.headsLostTitle, async () => {
    await heads.restore(visit.heads, values.headId ?? null)
    setState({ stale: values.stale ?? false })
  })
  return true
}

/** Does one part of the work; whether it could be done. What keeps it from that is told under `title`. */
async function part(title: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof CutpointError)) tellError(error)
    else if (error.code !== 'cancelled') tell({ kind: 'error', title, text: `${error.message} ${error.next}` })
    return false
  }
}
