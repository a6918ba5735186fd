import { CutpointError } from '../../errors'
import { cleanLabel } from '../../images/labels'
import { assignParts } from '../../images/split'
import { photoTexts } from '../../texts/photos/photos'
import type { Part, RejectedFile } from '../../types'
import { dealt } from './deal'
import { newId } from '../state/ids'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { noteProgress } from '../workers/progress'
import { amendPhotos, beginStep, changePhotos } from '../history/photo-steps'
import { getState } from '../state/state'
import type { Photo } from '../state/types'
import { imageWorker } from '../workers/workers'

/** A picture on its way in. */
export interface ArrivingPhoto {
  /** What the photo is to be known by; left out, it gets an id of its own. */
  readonly id?: string
  readonly name: string
  readonly label: string
  readonly blob: Blob
  readonly part?: Part
  readonly group?: string
}

export interface Intake {
  readonly added: number
  readonly rejected: RejectedFile[]
}

/** Pictures looked at at once; the image worker takes them one by one, but reading overlaps. */
const atOnce = 4

/** Photos shown, and dealt to the parts, at a time. A fixed number, so that the same drop is always split the same way. */
const piece = 16

const { did } = photoTexts

/** Deletes photos; their label stays. */
export function deletePhotos(ids: readonly string[]): void {
  const gone = new Set(ids)
  if (gone.size === 0) return
  changePhotos(did.delete(gone.size), ({ labels, photos }) => ({
    labels,
    photos: photos.filter((photo) => !gone.has(photo.id)),
  }))
}

/** Puts photos under another label, which is made if it is new; they keep their parts. Throws `bad-name`. */
export function movePhotos(ids: readonly string[], to: string): void {
  const label = cleanLabel(to)
  const moving = new Set(ids)
  const moved = getState().photos.filter((photo) => moving.has(photo.id) && photo.label !== label).length
  if (moved === 0) return
  changePhotos(did.move(moved, label), ({ labels, photos }) => ({
    labels: labels.includes(label) ? labels : [...labels, label],
    photos: photos.map((photo) => (moving.has(photo.id) ? { ...photo, label } : photo)),
  }))
}

/**
 * Puts photos in a part by hand, where they stay; with null they are dealt like any other again. The other photos of
 * their recordings go with them, since a recording is never on both sides.
 */
export function pinPhotos(ids: readonly string[], part: Part | null): void {
  const asked = new Set(ids)
  const { photos, options } = getState()
  const recordings = new Set(photos.flatMap(({ id, group }) => (asked.has(id) && group !== null ? [group] : [])))
  const isMeant = (photo: Photo): boolean =>
    asked.has(photo.id) || (photo.group !== null && recordings.has(photo.group))
  const meant = photos.filter(isMeant)
  if (meant.length === 0) return
  const others = photos.filter((photo) => !isMeant(photo))
  const parts = assignParts(
    others,
    meant.map((photo) => ({ ...photo, pin: part })),
    options.split,
    options.seed,
  )
  changePhotos(part === null ? did.unpin(meant.length) : did.pin(meant.length), (before) => ({
    labels: before.labels,
    photos: before.photos.map((photo) => {
      const dealtPart = parts.get(photo.id)
      return dealtPart === undefined ? photo : { ...photo, part: dealtPart, pinned: part !== null }
    }),
  }))
}

/** Deals the photos that were not pinned again, after the user has changed the shares. */
export function dealAgain(): void {
  const { options } = getState()
  amendPhotos(({ labels, photos }) => ({ labels, photos: dealt(photos, options) }))
}

/**
 * Takes pictures in: each is looked at in the image worker, gets its part of the split and a thumbnail, and they are
 * shown some at a time as they come. What is not a picture is rejected by name with the reason; the rest goes on.
 * Labels that are new are made. Cancelling keeps what came in by then. All of it is one step for undo, that of
 * `step` if it is given, which is closed.
 */
export async function addPhotos(arrivals: readonly ArrivingPhoto[], step = beginStep(did.add)): Promise<Intake> {
  const clean = new Map([...new Set(arrivals.map(({ label }) => label))].map((label) => [label, cleanLabel(label)]))
  const labelled = arrivals.map((arrival) => ({ ...arrival, label: clean.get(arrival.label) ?? arrival.label }))
  const coming = new Map<string, number>()
  for (const { label } of labelled) coming.set(label, (coming.get(label) ?? 0) + 1)
  const rejected: RejectedFile[] = []
  let added = 0
  let waiting: Examined[] = []
  const show = (): void => {
    if (waiting.length > 0) step.grow(placed(waiting, coming))
    added += waiting.length
    waiting = []
  }
  const work = async (job: string, signal: AbortSignal): Promise<void> => {
    let done = 0
    for await (const { arrival, photo, reason } of examineAll(labelled, signal)) {
      throwIfCancelled(signal)
      coming.set(arrival.label, (coming.get(arrival.label) ?? 1) - 1)
      if (photo) waiting.push(photo)
      else rejected.push({ name: arrival.name, reason })
      done++
      if (waiting.length === piece) show()
      if (done % atOnce === 0) noteProgress({ job, what: photoTexts.taking, done, total: labelled.length })
    }
  }
  try {
    await runJob(photoTexts.taking, work, 'images')
  } finally {
    show()
    step.close()
  }
  return { added, rejected }
}

type Examined = Omit<Photo, 'part' | 'pinned'> & { readonly pin: Part | null }

type Looked =
  | { readonly arrival: ArrivingPhoto; readonly photo: Examined; readonly reason: null }
  | { readonly arrival: ArrivingPhoto; readonly photo: null; readonly reason: string }

/** Looks at pictures, some ahead, and hands them out in their order. */
async function* examineAll(arrivals: readonly ArrivingPhoto[], signal: AbortSignal): AsyncGenerator<Looked> {
  const ahead: Promise<Looked>[] = []
  for (const arrival of arrivals) {
    const looking = examine(arrival, signal)
    // One that nobody waits for any more is not missed.
    looking.catch(() => undefined)
    ahead.push(looking)
    const next = ahead.length === atOnce ? ahead.shift() : undefined
    if (next) yield await next
  }
  for (const next of ahead) yield await next
}

async function examine(arrival: ArrivingPhoto, signal: AbortSignal): Promise<Looked> {
  try {
    const { hash, perceptualHash, width, height } = await imageWorker({ signal }).examine(arrival.blob, arrival.name)
    const { id = newId('photo'), name, label, part = null, group = null } = arrival
    const photo = { id, name, label, pin: part, group, hash, perceptualHash, width, height }
    return { arrival, photo, reason: null }
  } catch (error) {
    // Nothing is wrong with the picture.
    if (error instanceof CutpointError && error.code === 'part-unreachable') throw error
    return { arrival, photo: null, reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Photos in their parts, and the labels among theirs that are new. */
function placed(
  examined: readonly Examined[],
  coming: ReadonlyMap<string, number>,
): { photos: Photo[]; labels: string[] } {
  const { photos, options, labels } = getState()
  const parts = assignParts(photos, examined, options.split, options.seed, coming)
  const known = new Set(labels)
  return {
    photos: examined.map(({ pin, ...photo }) => ({
      ...photo,
      part: parts.get(photo.id) ?? 'train',
      pinned: pin !== null,
    })),
    labels: [...new Set(examined.map((photo) => photo.label))].filter((label) => !known.has(label)),
  }
}
