import { findAlike } from '../../images/alike'
import type { Part, TrainReport } from '../../types'
import type { LabelledImage } from '../labelled-image'
import type { Judged } from './evaluate'

/** Under this many training photos, a label is hardly learnt. */
const fewImages = 5
/** Training photos of the largest label against the smallest. */
const unequal = 4
/** Judged photos a label needs before a mistake counts as a habit. */
const fewJudged = 2

export interface Concerning {
  readonly labels: readonly string[]
  readonly images: readonly Pick<LabelledImage, 'hash' | 'look' | 'part'>[]
  readonly parts: Record<Part, Judged>
  readonly confusion: TrainReport['confusion']
  readonly leaveOneOut: TrainReport['leaveOneOut']
  /** Why the training ended. */
  readonly stopped: string
}

/**
 * What the user should know about a training, in plain sentences: a training that went astray, labels with no or few
 * photos, very unequal labels, nothing held out or what is held out too like the rest, a label that is always taken
 * for another one.
 */
export function trainWarnings(given: Concerning): string[] {
  const { labels, parts, confusion } = given
  const counts = labels.map((_, index) => parts.train.labels.filter((label) => label === index).length)
  const matrix = given.leaveOneOut?.matrix ?? confusion.matrix
  return [
    ...astray(given.stopped),
    ...fewPhotos(labels, counts),
    ...unequalPhotos(labels, counts),
    ...(confusion.part === 'train' && !given.leaveOneOut
      ? ['No photos were held out, so the accuracy says nothing about new ones.']
      : []),
    ...alikeParts(given.images),
    ...oneAnswer(labels, matrix),
    ...habits(labels, matrix),
  ]
}

function astray(stopped: string): string[] {
  if (stopped !== 'not-finite') return []
  return ['The training lost its way and was stopped; the best head before that is kept. Choose a lower learning rate.']
}

function fewPhotos(labels: readonly string[], counts: readonly number[]): string[] {
  return counts.flatMap((count, index) => {
    if (count === 0) return [`“${labels[index]}” has no photos to train on and will hardly ever be predicted.`]
    if (count >= fewImages) return []
    return [`“${labels[index]}” has only ${photos(count)} to train on; add some until there are ${fewImages}.`]
  })
}

function unequalPhotos(labels: readonly string[], counts: readonly number[]): string[] {
  const used = counts.filter((count) => count > 0)
  const most = Math.max(...used)
  const least = Math.min(...used)
  if (most < unequal * least) return []
  const large = labels[counts.indexOf(most)]
  const small = labels[counts.indexOf(least)]
  return [
    `“${large}” has ${photos(most)} and “${small}” ${photos(least)}: add photos to the small one, or balance the labels.`,
  ]
}

/** Photos that are held out while the same one, or one that looks the same, is trained on. */
function alikeParts(images: Concerning['images']): string[] {
  const trained = new Set(images.filter((image) => image.part === 'train').map((image) => image.hash))
  const isSame = (image: Concerning['images'][number]): boolean => image.part !== 'train' && trained.has(image.hash)
  const same = images.filter(isSame).length
  const alike = findAlike(images.map((image) => image.look))
    .map((group) => group.map((place) => images[place]))
    .filter((group) => group.some((image) => image.part === 'train'))
    .flatMap((group) => group.filter((image) => image.part !== 'train' && !isSame(image))).length
  const tail = 'so the accuracy looks better than it is. Move them to the same part.'
  return [
    ...(same > 0 ? [`${photos(same)} held out ${same === 1 ? 'is' : 'are'} also among those trained on, ${tail}`] : []),
    ...(alike > 0
      ? [`${photos(alike)} held out ${alike === 1 ? 'looks' : 'look'} almost like one that is trained on, ${tail}`]
      : []),
  ]
}

/** Whether every photo was taken for one and the same label. */
function oneAnswer(labels: readonly string[], matrix: readonly (readonly number[])[]): string[] {
  const used = matrix.filter((row) => row.some((count) => count > 0))
  const only = labels.findIndex((_, label) =>
    used.every((row) => row.every((count, said) => count === 0 || said === label)),
  )
  if (used.length < 2 || only < 0) return []
  return [`Every photo was taken for “${labels[only]}”: add photos of the others, or cut the network elsewhere.`]
}

/** Labels of which no photo was recognised and all were taken for the same other label. */
function habits(labels: readonly string[], matrix: readonly (readonly number[])[]): string[] {
  return matrix.flatMap((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const other = row.findIndex((count, index) => index !== label && count === total)
    if (total < fewJudged || other < 0) return []
    return [`Every photo of “${labels[label]}” was taken for “${labels[other]}”: compare their photos.`]
  })
}

function photos(count: number): string {
  return count === 1 ? '1 photo' : `${count} photos`
}
