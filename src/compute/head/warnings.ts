import type { Part } from '../../types'
import type { Judged } from './evaluate'

/** Under this many training photos, a label is hardly learnt. */
const fewImages = 5
/** Training photos of the largest label against the smallest. */
const unequal = 4
/** Judged photos a label needs before a mistake counts as a habit. */
const fewJudged = 2

/**
 * What the user should know about a training, in plain sentences: labels with no or few photos, very unequal labels,
 * nothing held out, a label that is always taken for another one.
 */
export function trainWarnings(
  labels: readonly string[],
  parts: Record<Part, Judged>,
  confusion: { part: Part; matrix: readonly (readonly number[])[] },
): string[] {
  const counts = labels.map((_, index) => parts.train.labels.filter((label) => label === index).length)
  const warnings: string[] = []
  for (const [index, count] of counts.entries()) {
    if (count === 0) warnings.push(`“${labels[index]}” has no photos to train on and will hardly ever be predicted.`)
    else if (count < fewImages) {
      warnings.push(`“${labels[index]}” has only ${photos(count)} to train on; add some until there are ${fewImages}.`)
    }
  }
  const used = counts.filter((count) => count > 0)
  const most = Math.max(...used)
  const least = Math.min(...used)
  if (most >= unequal * least) {
    const large = labels[counts.indexOf(most)]
    const small = labels[counts.indexOf(least)]
    warnings.push(
      `“${large}” has ${photos(most)} and “${small}” ${photos(least)}: add photos to the small one, or balance the labels.`,
    )
  }
  if (confusion.part === 'train') {
    warnings.push('No photos were held out, so the accuracy says nothing about new ones.')
  }
  return [...warnings, ...habits(labels, confusion.matrix)]
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
