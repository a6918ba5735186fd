import { PairCounts } from '../../evaluation'
import type { EvaluatedImage, Part, HeadReport } from '../../types'

/** Which of the photos' evaluations are looked at. */
export type ViewKey = Part | 'leaveOneOut'

/** One part's photos as the head evaluated them, or all of them each by a head that had not seen it. */
export interface ReportView {
  readonly key: ViewKey
  readonly images: readonly EvaluatedImage[]
  /** Which labels were taken for which. */
  readonly pairs: PairCounts
  readonly right: number
}

/** Kept as long as the report is, which never changes. */
const known = new WeakMap<HeadReport, readonly ReportView[]>()

/** What of a report can be looked at, that first which says most about new photos. */
export function viewsOf(report: HeadReport): readonly ReportView[] {
  const before = known.get(report)
  if (before) return before
  const views = makeViews(report)
  known.set(report, views)
  return views
}

/**
 * The view that says how the head does on photos it has not seen; null where there is none, and so nothing to evaluate
 * with: what was trained on says nothing.
 */
export function evaluation(report: HeadReport): ReportView | null {
  return viewsOf(report).find(({ key }) => key !== 'train') ?? null
}

function makeViews({ evaluated, leaveOneOut }: HeadReport): ReportView[] {
  const one = leaveOneOut ? [toView('leaveOneOut', leaveOneOut.evaluated)] : []
  const parts = (['test', 'validation', 'train'] as const).map((part) =>
    toView(
      part,
      evaluated.filter((image) => image.part === part),
    ),
  )
  return [...parts.slice(0, 2), ...one, parts[2]].filter((view) => view.images.length > 0)
}

function toView(key: ViewKey, images: readonly EvaluatedImage[]): ReportView {
  return { key, images, pairs: new PairCounts(images), right: images.filter(isRight).length }
}

/** Whether the head says of a photo what it is. */
export const isRight = ({ label, predicted }: EvaluatedImage): boolean => label === predicted

/** Which photos are listed: all mistakes, those of one cell of the matrix, or those of one bar of the histogram. */
export type Choice =
  | { readonly kind: 'mistakes' }
  | { readonly kind: 'cell'; readonly label: string; readonly predicted: string }
  | { readonly kind: 'bar'; readonly bar: number; readonly right: boolean }

/** The photos chosen: of mistakes the most confident first, of what was right the least confident. */
export function choose(view: ReportView, choice: Choice, labels: readonly string[]): EvaluatedImage[] {
  const chosen = view.images.filter((image) => {
    if (choice.kind === 'mistakes') return !isRight(image)
    if (choice.kind === 'bar') return isRight(image) === choice.right && barOf(image.confidence) === choice.bar
    return labels[image.label] === choice.label && labels[image.predicted] === choice.predicted
  })
  const direction = chosen.length > 0 && isRight(chosen[0]) ? 1 : -1
  return chosen.sort((a, b) => direction * (a.confidence - b.confidence))
}

/** Whether a choice still means something: after another training its labels may be gone. */
export function isThere(choice: Choice, labels: readonly string[]): boolean {
  return choice.kind !== 'cell' || (labels.includes(choice.label) && labels.includes(choice.predicted))
}

/** Bars of the histogram, a tenth wide each. */
export const bars = 10

/** The bar a confidence falls into; 1 belongs to the last. */
export function barOf(confidence: number): number {
  // A tenth more than a whole step is not lost to rounding: 0.3 is in the fourth bar.
  return Math.min(bars - 1, Math.floor(confidence * bars + 1e-6))
}

export interface Bar {
  readonly right: number
  readonly wrong: number
}

/** How sure the head was, in steps of a tenth: how many photos it got right and wrong. */
export function confidenceHistogram(images: readonly EvaluatedImage[]): Bar[] {
  const counts = Array.from({ length: bars }, () => ({ right: 0, wrong: 0 }))
  for (const image of images) counts[barOf(image.confidence)][isRight(image) ? 'right' : 'wrong']++
  return counts
}
