import { csvLine } from '../csv'
import { evaluatedPart, labelScores, PairCounts } from '../evaluation'
import type { EvaluatedImage, Part, HeadReport } from '../types'

/** What is needed of a photo that was evaluated. */
export interface NamedPhoto {
  readonly id: string
  readonly name: string
}

interface EvaluatedRow {
  readonly photo: string
  readonly label: string
  readonly part: string
  readonly predicted: string
  readonly confidence: number
}

/** Which photos say how the head does on new ones; null where no photo was kept from it, and there is nothing to evaluate with. */
function evaluatedOn({ leaveOneOut, images }: HeadReport): Exclude<Part, 'train'> | 'leaveOneOut' | null {
  if (leaveOneOut) return 'leaveOneOut'
  const part = evaluatedPart(images)
  return part === 'train' ? null : part
}

/** Labels of which all pairs are written as a matrix too; of more, most of its numbers would be zeros. */
const mostInMatrix = 100

interface Pairs {
  /** Which labels were taken for which, and how often; only those that were. */
  readonly pairs: readonly { readonly label: string; readonly predicted: string; readonly photos: number }[]
  /** Rows are the true labels, columns those predicted. */
  readonly matrix?: readonly (readonly number[])[]
}

function pairsOf({ labels }: HeadReport, evaluated: readonly EvaluatedImage[]): Pairs {
  const counts = new PairCounts(evaluated)
  const pairs = counts
    .rows()
    .flatMap(([label, row]) =>
      Array.from(row, ([predicted, photos]) => ({ label: labels[label], predicted: labels[predicted], photos })),
    )
  return { pairs, ...(labels.length <= mostInMatrix ? { matrix: counts.matrix(labels.length) } : {}) }
}

/** A report as JSON, with the photos' names in place of ids and with precision and recall of each label. */
export function reportJson(report: HeadReport, photos: readonly NamedPhoto[]): string {
  const { evaluated, leaveOneOut, ...rest } = report
  const rows = (images: readonly EvaluatedImage[]): EvaluatedRow[] => evaluatedRows(report, images, photos)
  const text = {
    ...rest,
    evaluatedOn: evaluatedOn(report),
    confusion: { part: evaluatedPart(report.images), ...pairsOf(report, shownIn(report)) },
    perLabel: scoresOf(report, shownIn(report)),
    evaluated: rows(evaluated),
    leaveOneOut: leaveOneOut && {
      ...leaveOneOut,
      ...pairsOf(report, leaveOneOut.evaluated),
      perLabel: scoresOf(report, leaveOneOut.evaluated),
      evaluated: rows(leaveOneOut.evaluated),
    },
  }
  return `${JSON.stringify(text, null, 2)}\n`
}

/** A row for each photo that was evaluated: where few photos are evaluated one by one, what was predicted then. */
export function reportCsv(report: HeadReport, photos: readonly NamedPhoto[]): string {
  const rows = evaluatedRows(report, report.leaveOneOut?.evaluated ?? report.evaluated, photos)
  return csv([
    ['photo', 'label', 'part', 'predicted', 'confidence'],
    ...rows.map(({ photo, label, part, predicted, confidence }) => [photo, label, part, predicted, confidence]),
  ])
}

/** A row for each label with its precision and recall, empty where there is nothing to tell them from or to evaluate with. */
export function labelsCsv(report: HeadReport): string {
  const evaluated = report.leaveOneOut?.evaluated ?? shownIn(report)
  const known = evaluatedOn(report) !== null
  return csv([
    ['label', 'photos', 'predicted', 'right', 'precision', 'recall'],
    ...scoresOf(report, evaluated).map(({ label, photos, predicted, right, precision, recall }) => [
      label,
      photos,
      predicted,
      right,
      known ? precision : null,
      known ? recall : null,
    ]),
  ])
}

function evaluatedRows(
  { labels }: HeadReport,
  evaluated: readonly EvaluatedImage[],
  photos: readonly NamedPhoto[],
): EvaluatedRow[] {
  const names = new Map(photos.map(({ id, name }) => [id, name]))
  return evaluated.map(({ image, label, part, predicted, confidence }) => ({
    photo: names.get(image) ?? '(deleted since)',
    label: labels[label],
    part,
    predicted: labels[predicted],
    confidence,
  }))
}

/** The photos of the part that says most. */
function shownIn({ evaluated, images }: HeadReport): EvaluatedImage[] {
  const shown = evaluatedPart(images)
  return evaluated.filter(({ part }) => part === shown)
}

function scoresOf({ labels }: HeadReport, evaluated: readonly EvaluatedImage[]) {
  return labelScores(evaluated, labels.length).map((score, index) => ({ label: labels[index], ...score }))
}

/** Comma-separated values of many lines. */
function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map(csvLine).join('')
}
