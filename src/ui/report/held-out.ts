import { fewestToHoldOut } from '../../images/split'
import { reportTexts } from '../../texts/training/report'
import type { TrainOptions, HeadReport } from '../../types'
import type { ReportView } from './views'

const { why } = reportTexts

/** Which photos evaluate, how many there are, and why these; or why none were held out. */
export function whyTheseEvaluate(view: ReportView, report: HeadReport, split: TrainOptions['split']): string {
  const { test, validation, train } = report.images
  if (view.key === 'test') return why.test(test, train)
  if (view.key === 'validation') return why.validation(validation)
  if (view.key === 'leaveOneOut') return why.leaveOneOut(view.images.length)
  if (test + validation > 0) return why.train(train)
  return split.test + split.validation > 0 ? why.nothingFew(fewestToHoldOut) : why.nothingChosen(train)
}
