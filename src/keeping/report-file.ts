import { judgedPart, labelScores, PairCounts } from '../judging'
import type { JudgedImage, Part, HeadReport } from '../types'

/** What is needed of a photo that was judged. */
export interface NamedPhoto {
  readonly id: string
  readonly name: string
}

interface JudgedRow {
  readonly photo: string
  readonly label: string
  readonly part: string
  readonly said: string
  readonly confidence: number
}

/** Which photos say how the head does on new ones; null where no photo was kept from it, and there is nothing to evaluate with. */
function evaluatedOn({ leaveOneOut, images }: HeadReport): Exclude<Part, 'train'> | 'leaveOneOut' | null {
  if (leaveOneOut) return 'leaveOneOut'
  const part = judgedPart(images)
  return part === 'train' ? null : part
}

/** Labels of which all pairs are written as a matrix too; of more, most of its numbers would be zeros. */
const mostInMatrix = 100

interface Pairs {
  /** Which labels were taken for which, and how often; only those that were. */
  readonly pairs: readonly { readonly label: string; readonly said: string; readonly photos: number }[]
  /** Rows are the true labels, columns those said. */
  readonly matrix?: readonly (readonly number[])[]
}

function pairsOf({ labels }: HeadReport, judged: readonly JudgedImage[]): Pairs {
  const counts = new PairCounts(judged)
  const pairs = counts
    .rows()
    .flatMap(([label, row]) =>
      Array.from(row, ([said, photos]) => ({ label: labels[label], said: labels[said], photos })),
    )
  return { pairs, ...(labels.length <= mostInMatrix ? { matrix: counts.matrix(labels.length) } : {}) }
}

/** A report as JSON, with the photos' names in place of ids and with precision and recall of each label. */
export function reportJson(report: HeadReport, photos: readonly NamedPhoto[]): string {
  const { judged, leaveOneOut, ...rest } = report
  const rows = (images: readonly JudgedImage[]): JudgedRow[] => judgedRows(report, images, photos)
  const text = {
    ...rest,
    evaluatedOn: evaluatedOn(report),
    confusion: { part: judgedPart(report.images), ...pairsOf(report, shownIn(report)) },
    perLabel: scoresOf(report, shownIn(report)),
    judged: rows(judged),
    leaveOneOut: leaveOneOut && {
      ...leaveOneOut,
      ...pairsOf(report, leaveOneOut.judged),
      perLabel: scoresOf(report, leaveOneOut.judged),
      judged: rows(leaveOneOut.judged),
    },
  }
  return `${JSON.stringify(text, null, 2)}\n`
}

/** A row for each photo that was judged: where few photos are judged one by one, what was said then. */
export function reportCsv(report: HeadReport, photos: readonly NamedPhoto[]): string {
  const rows = judgedRows(report, report.leaveOneOut?.judged ?? report.judged, photos)
  return csv([
    ['photo', 'label', 'part', 'said', 'confidence'],
    ...rows.map(({ photo, label, part, said, confidence }) => [photo, label, part, said, confidence]),
  ])
}

/** A row for each label with its precision and recall, empty where there is nothing to tell them from or to evaluate with. */
export function labelsCsv(report: HeadReport): string {
  const judged = report.leaveOneOut?.judged ?? shownIn(report)
  const known = evaluatedOn(report) !== null
  return csv([
    ['label', 'photos', 'said', 'right', 'precision', 'recall'],
    ...scoresOf(report, judged).map(({ label, photos, said, right, precision, recall }) => [
      label,
      photos,
      said,
      right,
      known ? precision : null,
      known ? recall : null,
    ]),
  ])
}

function judgedRows(
  { labels }: HeadReport,
  judged: readonly JudgedImage[],
  photos: readonly NamedPhoto[],
): JudgedRow[] {
  const names = new Map(photos.map(({ id, name }) => [id, name]))
  return judged.map(({ image, label, part, said, confidence }) => ({
    photo: names.get(image) ?? '(deleted since)',
    label: labels[label],
    part,
    said: labels[said],
    confidence,
  }))
}

/** The photos of the part that says most. */
function shownIn({ judged, images }: HeadReport): JudgedImage[] {
  const shown = judgedPart(images)
  return judged.filter(({ part }) => part === shown)
}

function scoresOf({ labels }: HeadReport, judged: readonly JudgedImage[]) {
  return labelScores(judged, labels.length).map((score, index) => ({ label: labels[index], ...score }))
}

/** Comma-separated values as RFC 4180 has them. */
function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  // A spreadsheet would run what begins so as a formula.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
