import type { CSSProperties, ReactNode } from 'react'
import { shareInterval } from '../../evaluation'
import { reportTexts } from '../../texts/training/report'
import look from './Headline.module.css'
import type { ReportView } from './views'

/** An interval wider than this asks for more photos. */
const wide = 0.2

interface HeadlineProps {
  readonly view: ReportView
  /** Whether there are photos to evaluate with: where there are none, what was trained on is no measure. */
  readonly evaluated: boolean
}

/** How many of a view's photos are right, and between what and what that most likely is on new ones. */
export function Headline({ view, evaluated }: HeadlineProps): ReactNode {
  const total = view.images.length
  const share = view.right / total
  const { low, high } = shareInterval(view.right, total)
  const seen = view.key === 'train'
  if (!evaluated) {
    return (
      <div className={look.headline}>
        <p>
          <strong>{reportTexts.notEvaluated}</strong>
        </p>
        <p className={look.note}>{reportTexts.notEvaluatedWhy(view.right, total)}</p>
      </div>
    )
  }
  return (
    <div className={look.headline}>
      <p className={look.share}>
        <strong>{reportTexts.percent(share)}</strong> {reportTexts.rightOf(view.right, total, view.key)}
      </p>
      {seen ? (
        <p className={look.note}>{reportTexts.noInterval}</p>
      ) : (
        <>
          <div
            className={look.scale}
            role="img"
            aria-label={reportTexts.scale(share, low, high)}
            style={{ '--low': low, '--high': high, '--share': share } as CSSProperties}
          >
            <span className={look.band} />
            <span className={look.mark} />
          </div>
          <p className={look.note}>
            {reportTexts.interval(low, high)}
            {high - low > wide && ` ${reportTexts.wide}`}
          </p>
        </>
      )}
    </div>
  )
}
