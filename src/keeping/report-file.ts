import { labelScores } from '../judging'
import type { JudgedImage, Part, TrainReport } from '../types'

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
function evaluatedOn({ leaveOneOut, confusion }: TrainReport): Exclude<Part, 'train'> | 'leaveOneOut' | null {
  if (leaveOneOut) return 'leaveOneOut'
  return confusion.part === 'train' ? null : confusion.part
}

/** A report as JSON, with the photos' names in place of ids and with precision and recall of each label. */
export function reportJson(report: TrainReport, photos: readonly NamedPhoto[]): string {
  const { judged, leaveOneOut, ...rest } = report
  const rows = (images: readonly JudgedImage[]): JudgedRow[] => judgedRows(report, images, photos)
  const text = {
    ...rest,
    evaluatedOn: evaluatedOn(report),
    perLabel: scoresOf(report, shownIn(report)),
    judged: rows(judged),
    leaveOneOut: leaveOneOut && {
      ...leaveOneOut,
      perLabel: scoresOf(report, leaveOneOut.judged),
      judged: rows(leaveOneOut.judged),
    },
  }
  return `${JSON.stringify(text, null, 2)}\n`
}

/** A row for each photo that was judged: where few photos are judged one by one, what was said then. */
export function reportCsv(report: TrainReport, photos: readonly NamedPhoto[]): string {
  const rows = judgedRows(report, report.leaveOneOut?.judged ?? report.judged, photos)
  return csv([
    ['photo', 'label', 'part', 'said', 'confidence'],
    ...rows.map(({ photo, label, part, said, confidence }) => [photo, label, part, said, confidence]),
  ])
}

/** A row for each label with its precision and recall, empty where there is nothing to tell them from or to evaluate with. */
export function labelsCsv(report: TrainReport): string {
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
  { labels }: TrainReport,
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

/** The photos of the part that the confusion matrix is about. */
const shownIn = ({ judged, confusion }: TrainReport): JudgedImage[] =>
  judged.filter(({ part }) => part === confusion.part)

function scoresOf({ labels }: TrainReport, judged: readonly JudgedImage[]) {
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
