import { evaluatedPart, PairCounts } from '../../evaluation'
import type { HeadReport, EvaluatedImage, TrainReport } from '../../types'

/** A report as scripts get it; its matrices are worked out when they are first read. */
export function withMatrices({ leaveOneOut, ...report }: HeadReport): TrainReport {
  const part = evaluatedPart(report.images)
  const matrix = (evaluated: readonly EvaluatedImage[]): number[][] =>
    new PairCounts(evaluated).matrix(report.labels.length)
  const ofPart = once(() => matrix(report.evaluated.filter((image) => image.part === part)))
  const alone = once(() => matrix(leaveOneOut?.evaluated ?? []))
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
