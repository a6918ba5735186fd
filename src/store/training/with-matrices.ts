import { judgedPart, PairCounts } from '../../judging'
import type { HeadReport, JudgedImage, TrainReport } from '../../types'

/** A report as scripts get it; its matrices are worked out when they are first read. */
export function withMatrices({ leaveOneOut, ...report }: HeadReport): TrainReport {
  const part = judgedPart(report.images)
  const matrix = (judged: readonly JudgedImage[]): number[][] => new PairCounts(judged).matrix(report.labels.length)
  const ofPart = once(() => matrix(report.judged.filter((image) => image.part === part)))
  const alone = once(() => matrix(leaveOneOut?.judged ?? []))
  return {
    ...report,
    confusion: {
      part,
      get matrix() {
        return ofPart()
      },
    },
    leaveOneOut: leaveOneOut && {
      ...leaveOneOut,
      get matrix() {
        return alone()
      },
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
