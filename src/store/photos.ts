import { CutpointError } from '../errors'
import { cleanLabel } from '../images/labels'
import { assignParts } from '../images/split'
import type { LabelSummary, Part, RejectedFile } from '../types'
import { emit } from './events'
import { newId } from './ids'
import { runJob, throwIfCancelled } from './jobs'
import { noteProgress } from './progress'
import { getState, setState, type Photo } from './state'
import { imageWorker } from './workers'

/** A picture on its way in. */
export interface ArrivingPhoto {
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

/** Adds a label without photos. Throws `bad-name` if the name is empty or taken. */
export function addLabel(name: string): string {
  const label = cleanLabel(name)
  requireFree(label)
  setState(({ labels }) => ({ labels: [...labels, label] }))
  emit('images', summariseLabels())
  return label
}

/** Gives a label another name; its photos stay with it. Throws `no-such-label` or `bad-name`. */
export function renameLabel(from: string, to: string): void {
  requireLabel(from)
  const label = cleanLabel(to)
  if (label === from) return
  requireFree(label)
  setState(({ labels, photos, report }) => ({
    labels: labels.map((known) => (known === from ? label : known)),
    photos: photos.map((photo) => (photo.label === from ? { ...photo, label } : photo)),
    stale: report !== null,
  }))
  emit('images', summariseLabels())
}

/** Deletes a label with its photos. Throws `no-such-label`. */
export function deleteLabel(label: string): void {
  requireLabel(label)
  deletePhotos(
    getState()
      .photos.filter((photo) => photo.label === label)
      .map((photo) => photo.id),
  )
  setState(({ labels }) => ({ labels: labels.filter((known) => known !== label) }))
  emit('images', summariseLabels())
}

export function deletePhotos(ids: readonly string[]): void {
  const gone = new Set(ids)
  setState(({ photos, report }) => ({
    photos: photos.filter((photo) => !gone.has(photo.id)),
    stale: report !== null,
  }))
  emit('images', summariseLabels())
}

/**
 * Takes pictures in: each is looked at in the image worker, gets its part of the split and a thumbnail. What is not
 * a picture is rejected by name with the reason; the rest goes on. Labels that are new are made. Cancelling keeps
 * what came in by then.
 */
export async function addPhotos(arrivals: readonly ArrivingPhoto[]): Promise<Intake> {
  const rejected: RejectedFile[] = []
  const labelled = arrivals.map((arrival) => ({ ...arrival, label: cleanLabel(arrival.label) }))
  const examined: Examined[] = []
  const work = async (job: string, signal: AbortSignal): Promise<void> => {
    for (let start = 0; start < labelled.length; start += atOnce) {
      throwIfCancelled(signal)
      noteProgress({ job, what: 'Taking in the photos', done: start, total: labelled.length })
      const group = labelled.slice(start, start + atOnce)
      const results = await Promise.allSettled(group.map((arrival) => examine(arrival)))
      throwIfCancelled(signal)
      results.forEach((result, index) => {
        if (result.status === 'fulfilled') examined.push(result.value)
        else rejected.push({ name: group[index].name, reason: reasonOf(result.reason) })
      })
    }
  }
  try {
    await runJob('Taking in the photos', work, 'images')
  } finally {
    // All at once, so that which photos are held out does not depend on the order they came in.
    place(examined)
    emit('images', summariseLabels())
  }
  return { added: examined.length, rejected }
}

/** Labels with how many photos they have in each part. */
export function summariseLabels(): LabelSummary[] {
  const { labels, photos } = getState()
  return labels.map((label) => {
    const own = photos.filter((photo) => photo.label === label)
    const count = (part: Part): number => own.filter((photo) => photo.part === part).length
    return {
      label,
      images: own.length,
      parts: { train: count('train'), validation: count('validation'), test: count('test') },
    }
  })
}

/** Deals the photos that were not pinned again, after the user has changed the shares. */
export function dealAgain(): void {
  const { photos, options } = getState()
  const pinned = photos.filter((photo) => photo.pinned)
  const others = photos.filter((photo) => !photo.pinned).map((photo) => ({ ...photo, pin: null }))
  const parts = assignParts(pinned, others, options.split, options.seed)
  setState({ photos: photos.map((photo) => ({ ...photo, part: parts.get(photo.id) ?? photo.part })) })
  emit('images', summariseLabels())
}

type Examined = Omit<Photo, 'part' | 'pinned'> & { readonly pin: Part | null }

async function examine(arrival: ArrivingPhoto): Promise<Examined> {
  const { hash, width, height } = await imageWorker().examine(arrival.blob, arrival.name)
  return {
    id: newId('photo'),
    name: arrival.name,
    label: arrival.label,
    pin: arrival.part ?? null,
    group: arrival.group ?? null,
    hash,
    width,
    height,
  }
}

function place(examined: readonly Examined[]): void {
  if (examined.length === 0) return
  const { photos, options, labels, report } = getState()
  const parts = assignParts(photos, examined, options.split, options.seed)
  const placed = examined.map(({ pin, ...photo }) => ({
    ...photo,
    part: parts.get(photo.id) ?? 'train',
    pinned: pin !== null,
  }))
  const fresh = [...new Set(placed.map((photo) => photo.label))].filter((label) => !labels.includes(label))
  setState({ photos: [...photos, ...placed], labels: [...labels, ...fresh], stale: report !== null })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function requireLabel(label: string): void {
  if (getState().labels.includes(label)) return
  throw new CutpointError('no-such-label', `There is no label “${label}”.`, 'Choose one of the labels shown.', {
    label,
  })
}

function requireFree(label: string): void {
  if (!getState().labels.includes(label)) return
  throw new CutpointError('bad-name', `There is a label “${label}” already.`, 'Choose another name.', { label })
}
