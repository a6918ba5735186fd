import { aboutOpenModel } from '../model/generation'
import { newId } from '../state/ids'
import { attempt } from '../page/notices'
import { addPhotos } from '../photos/photos'
import { glance, predict } from './predict'
import { getState, setState, useStore } from '../state/state'
import type { Tried } from '../state/types'
import { currentReport } from './trained-on'

/** Photos shown with their predictions; the oldest go first. */
const shownAtMost = 12

/** Tries a photo: its prediction is shown, the newest first. */
export async function tryPhoto(image: Blob, name: string): Promise<void> {
  await aboutOpenModel(
    () => predict(image),
    (predictions) => showTried(image, name, predictions),
  )
}

/**
 * Adds a tried photo to the label that it really is of, to be trained on: what the head gets wrong is what it should
 * learn from, and held out it would teach nothing.
 */
export async function addTried(id: string, label: string): Promise<void> {
  const entry = getState().tried.find((known) => known.id === id)
  if (!entry) return
  const { added } = await addCorrected(entry.image, entry.name, label)
  if (added > 0) change(id, { addedTo: label })
}

/** Adds a picture to the label that it really is of, to be trained on. */
export function addCorrected(image: Blob, name: string, label: string): ReturnType<typeof addPhotos> {
  return addPhotos([{ name, label, blob: image, part: 'train' }])
}

/** Takes one tried photo off the screen. */
export function removeTried(id: string): void {
  const gone = getState().tried.find((entry) => entry.id === id)
  if (gone) URL.revokeObjectURL(gone.url)
  setState(({ tried }) => ({ tried: tried.filter((entry) => entry.id !== id) }))
}

/** Takes all tried photos off the screen. */
function clearTried(): void {
  getState().tried.forEach((entry) => URL.revokeObjectURL(entry.url))
  setState({ tried: [] })
}

function showTried(image: Blob, name: string, predictions: Tried['predictions']): void {
  const entry = { id: newId('tried'), name, image, url: URL.createObjectURL(image), predictions, addedTo: null }
  const all = [entry, ...getState().tried]
  all.slice(shownAtMost).forEach((old) => URL.revokeObjectURL(old.url))
  setState({ tried: all.slice(0, shownAtMost) })
}

function change(id: string, what: Partial<Tried>): void {
  setState(({ tried }) => ({ tried: tried.map((entry) => (entry.id === id ? { ...entry, ...what } : entry)) }))
}

/** Asks the current head about all photos on screen, one after another; a newer head overtakes. */
async function askAgain(): Promise<void> {
  const { tried } = getState()
  const report = currentReport(getState())
  for (const { id, image } of tried) {
    const predictions = await glance(image)
    if (currentReport(getState()) !== report) return
    change(id, { predictions })
  }
}

/**
 * Asks each other head from now on, since it says something else of the photos that are on screen; what another model would
 * say, nobody has asked.
 */
export function startAskingAgain(): void {
  useStore.subscribe((now, before) => {
    const report = currentReport(now)
    const sameModel = now.model?.id === before.model?.id
    if (now.tried.length === 0 || (sameModel && report === currentReport(before))) return
    if (sameModel && report !== null) attempt(askAgain)
    else clearTried()
  })
}
