import { findAlike } from '../../images/alike/find-alike'
import { evaluatedPart, PairCounts } from '../../evaluation'
import type { HeadReport, EvaluatedImage } from '../../types'
import type { LabelledImage } from '../features/labelled-image'
import { sumUp } from './evaluate'

/** Under this many training photos, a label is hardly learnt. */
const fewImages = 5
/** Training photos of the largest label against the smallest. */
const unequal = 4
/** Evaluated photos that a label needs before a mistake counts as a habit. */
const fewEvaluated = 2
/** Labels that are warned of one by one; of more there is one sentence for all, which names some. */
const mostAlone = 4
const named = 3

export interface Concerning {
  readonly labels: readonly string[]
  readonly images: readonly Pick<LabelledImage, 'hash' | 'perceptualHash' | 'part'>[]
  readonly evaluated: readonly EvaluatedImage[]
  readonly leaveOneOut: HeadReport['leaveOneOut']
  /** Why the training ended. */
  readonly stopped: string
}

/**
 * What the user should know about a training, in plain sentences: a training that went astray or did not get there, labels with no or few
 * photos, very unequal labels, nothing held out or what is held out too like the rest, a label that is always taken
 * for another one.
 */
export function trainWarnings(given: Concerning): string[] {
  const { labels, evaluated, leaveOneOut } = given
  const counts = new Array<number>(labels.length).fill(0)
  for (const { part, label } of evaluated) if (part === 'train') counts[label]++
  const shown = evaluatedPart(sumUp(evaluated).images)
  const pairs = new PairCounts(leaveOneOut?.evaluated ?? evaluated.filter(({ part }) => part === shown))
  return [
    ...astray(given.stopped),
    ...fewPhotos(labels, counts),
    ...unequalPhotos(labels, counts),
    ...(shown === 'train' && !leaveOneOut
      ? ['No photos were held out, so the accuracy says nothing about new ones.']
      : []),
    ...alikeParts(given.images),
    ...oneAnswer(labels, pairs),
    ...habits(labels, pairs),
  ]
}

function astray(stopped: string): string[] {
  if (stopped === 'iterations') {
    return ['The head was stopped before it was at its optimum: a smaller cost C or a larger penalty λ gets there.']
  }
  if (stopped !== 'not-finite') return []
  return ['The training lost its way and was stopped; the best head before that is kept. Choose a lower learning rate.']
}

function fewPhotos(labels: readonly string[], counts: readonly number[]): string[] {
  const none = labels.filter((_, index) => counts[index] === 0)
  const few = labels.flatMap((label, index) => {
    const count = counts[index]
    return count > 0 && count < fewImages ? [{ label, count }] : []
  })
  return [
    ...eachOrSummed(
      few,
      ({ label, count }) => `“${label}” has only ${photos(count)} to train on; add some until there are ${fewImages}.`,
      (some) => `${some} have fewer than ${fewImages} photos each to train on; add some until there are ${fewImages}.`,
    ),
    ...eachOrSummed(
      none.map((label) => ({ label })),
      ({ label }) => `“${label}” has no photos to train on and will hardly ever be predicted.`,
      (some) => `${some} have no photos to train on and will hardly ever be predicted.`,
    ),
  ]
}

/** A sentence for each label, or one for all of them where they are many. */
function eachOrSummed<T extends { readonly label: string }>(
  found: readonly T[],
  one: (found: T) => string,
  all: (labels: string) => string,
): string[] {
  if (found.length <= mostAlone) return found.map(one)
  const names = found.slice(0, named).map(({ label }) => `“${label}”`)
  return [all(`${names.join(', ')} and ${found.length - named} more labels`)]
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
  const alike = findAlike(images.map((image) => image.perceptualHash))
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
function oneAnswer(labels: readonly string[], pairs: PairCounts): string[] {
  const rows = pairs.rows()
  const predicted = new Set(rows.flatMap(([, row]) => [...row.keys()]))
  if (rows.length < 2 || predicted.size !== 1) return []
  const [only] = predicted
  return [`Every photo was taken for “${labels[only]}”: add photos of the others, or cut the network elsewhere.`]
}

/** Labels of which no photo was recognised and all were taken for the same other label. */
function habits(labels: readonly string[], pairs: PairCounts): string[] {
  const found = pairs.rows().flatMap(([label, row]) => {
    const [[other, count], ...more] = row
    const isHabit = more.length === 0 && other !== label && count >= fewEvaluated
    return isHabit ? [{ label: labels[label], other: labels[other] }] : []
  })
  return eachOrSummed(
    found,
    ({ label, other }) => `Every photo of “${label}” was taken for “${other}”: compare their photos.`,
    (some) => `Every photo of ${some} was taken for another label: compare their photos.`,
  )
}

function photos(count: number): string {
  return count === 1 ? '1 photo' : `${count} photos`
}
