import { CutpointError } from '../../errors'
import { keepingTexts } from '../../texts/page/keeping'
import { cutAgain } from '../model/cut'
import { heads } from '../model/heads'
import { restoredSteps } from '../history/kept-steps'
import { nextGeneration, openGeneration } from '../model/generation'
import { chooseOutput, setInputValue } from '../model/model'
import { openingSettled, reopenModel } from '../model/opening'
import { tell, tellError } from '../page/notices'
import { getState, setState } from '../state/state'
import type { KeptNetwork } from '../state/types'
import { addFirst } from '../history/undo-steps'
import { restorePaused } from '../training/paused'
import { imageWorker } from '../workers/workers'
import { bringBack, lastVisit, takeUp } from './keeping'
import { keptFiles } from './model-files'
import type { StoredHead, KeptVisit } from './visit'

/**
 * Restores the last visit: photos and labels, model, cut, settings and heads, which predict without being trained
 * again. The user is told of what cannot be restored, and the rest is.
 */
export async function goOnWithLastVisit(): Promise<void> {
  const visit = lastVisit()
  if (visit) await restorePhotos(visit)
  const [network] = getState().keeping.networks
  const whole = getState().keeping.networks.length === 0 || (await goBackTo(network.model.key))
  if (whole) setState(({ keeping }) => ({ keeping: { ...keeping, returning: null } }))
}

/** The generation of the kept network asked for last: only that one is opened, however long the files of others take. */
let latest = 0

/** Opens a kept network again in place of the open one, with its cut, settings and heads; gives whether it is open. */
export async function goBackTo(key: string): Promise<boolean> {
  const asked = nextGeneration()
  latest = asked
  let opened = false
  await bringBack(key, async (network, kept) => {
    opened = await part(keepingTexts.modelLostTitle(network.model.name), () => reopen(network, asked))
    return opened && restoreRest(network, kept)
  })
  return opened
}

async function restorePhotos(visit: KeptVisit): Promise<void> {
  const there = new Set(await imageWorker().keptPictures())
  takeUp(visit, (photos) => {
    const { values } = visit
    const found = photos.filter(({ hash }) => there.has(hash))
    const lost = photos.length - found.length
    setState(({ labels, options, ownNetwork, autoTrain }) => ({
      labels: values.labels ?? labels,
      photos: lost === 0 ? photos : found,
      options: values.options ?? options,
      ownNetwork: values.ownNetwork ?? ownNetwork,
      autoTrain: values.autoTrain ?? autoTrain,
    }))
    if (lost === 0) return
    tell({ kind: 'remark', title: keepingTexts.photosLostTitle(lost), text: keepingTexts.photosLostText, stays: true })
  })
}

async function reopen({ model }: KeptNetwork, asked: number): Promise<void> {
  const source = await keptFiles(model.from)
  // A model that was asked for after this one is not replaced by it, if it opens.
  await openingSettled()
  if (asked !== latest || openGeneration() > asked)
    throw new CutpointError('cancelled', 'Another network was opened.', 'Open this one again.')
  if (!source) throw new CutpointError('not-available', keepingTexts.modelGone, keepingTexts.modelGoneNext)
  await reopenModel(source, model)
}

/** Restores what belongs to a network that is open again; gives whether all of it could be. */
async function restoreRest(network: KeptNetwork, kept: readonly StoredHead[]): Promise<boolean> {
  // Another model may be opened meanwhile, and nothing of this one belongs to it; if it cannot be opened, this one stays.
  const isOpen = async (): Promise<boolean> => {
    await openingSettled()
    return getState().model?.kept?.key === network.model.key
  }
  if (!(await isOpen())) return false
  const { output, inputs, preprocessing, preprocessingKnown, advice = null } = network
  const given = await part(keepingTexts.inputsLostTitle, async () => {
    if (output !== null && output !== getState().model?.output) await chooseOutput(output)
    for (const { tensor, value } of inputs) if (value && (await isOpen())) await setInputValue(tensor, value)
  })
  if (!(await isOpen())) return false
  setState({ advice, ...(preprocessing && { preprocessing, preprocessingKnown }) })
  const wasCut = await part(keepingTexts.cutLostTitle, async () => {
    if (network.cut) await cutAgain(network.cut)
    if (await isOpen()) setState(({ undoSteps }) => ({ undoSteps: addFirst(undoSteps, restoredSteps(network)) }))
  })
  if (!(await isOpen())) return false
  const restored = await part(keepingTexts.headsLostTitle, () => heads.restore(kept, network.headId))
  if (await isOpen()) await part(keepingTexts.trainingLostTitle, restorePaused)
  return given && wasCut && restored
}

/** Does one part of the work and gives whether it succeeded; the user is told of an error under `title`. */
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
