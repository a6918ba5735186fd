import { CutpointError } from '../../errors'
import { cleanLabel } from '../../images/labels'
import { photoTexts } from '../../texts/photos/photos'
import { getState } from '../state/state'
import { changePhotos } from '../history/photo-steps'

const { did } = photoTexts

/** Adds a label without photos. Throws `bad-name` if the name is empty or taken. */
export function addLabel(name: string): string {
  const label = cleanLabel(name)
  requireFree(label)
  changePhotos(did.addLabel(label), ({ labels, photos }) => ({ labels: [...labels, label], photos }))
  return label
}

/** Gives a label another name; its photos stay with it. Throws `no-such-label` or `bad-name`. */
export function renameLabel(from: string, to: string): void {
  requireLabel(from)
  const label = cleanLabel(to)
  if (label === from) return
  requireFree(label)
  changePhotos(did.renameLabel(label), ({ labels, photos }) => ({
    labels: labels.map((known) => (known === from ? label : known)),
    photos: photos.map((photo) => (photo.label === from ? { ...photo, label } : photo)),
  }))
}

/** Puts a label's photos into another one; the first is gone then. Throws `no-such-label`. */
export function mergeLabels(from: string, into: string): void {
  requireLabel(from)
  requireLabel(into)
  if (from === into) return
  changePhotos(did.mergeLabels(from, into), ({ labels, photos }) => ({
    labels: labels.filter((label) => label !== from),
    photos: photos.map((photo) => (photo.label === from ? { ...photo, label: into } : photo)),
  }))
}

/** Puts a label at another place among the others, counted from 0; places out of range are the nearest end. */
export function moveLabel(label: string, place: number): void {
  requireLabel(label)
  const { labels } = getState()
  const others = labels.filter((other) => other !== label)
  const moved = others.toSpliced(Math.max(0, place), 0, label)
  if (moved.every((other, index) => other === labels[index])) return
  changePhotos(did.moveLabel(label), ({ photos }) => ({ labels: moved, photos }))
}

/** Deletes a label with its photos. Throws `no-such-label`. */
export function deleteLabel(label: string): void {
  requireLabel(label)
  changePhotos(did.deleteLabel(label), ({ labels, photos }) => ({
    labels: labels.filter((known) => known !== label),
    photos: withoutLabels(photos, [label]),
  }))
}

/** Makes these labels, new and empty, in this order, in place of those of the same names. */
export function replaceLabels(fresh: readonly string[]): void {
  changePhotos(did.sample, ({ labels, photos }) => ({
    labels: [...labels.filter((label) => !fresh.includes(label)), ...fresh],
    photos: withoutLabels(photos, fresh),
  }))
}

/** The same array where there is nothing to leave out. */
function withoutLabels<T extends { readonly label: string }>(
  photos: readonly T[],
  labels: readonly string[],
): readonly T[] {
  const rest = photos.filter((photo) => !labels.includes(photo.label))
  return rest.length === photos.length ? photos : rest
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
