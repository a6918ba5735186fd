import type { CSSProperties, ReactNode } from 'react'
import { reportTexts } from '../../texts/training/report'
import look from './Histogram.module.css'
import { bars, confidenceHistogram, type ReportView } from './views'

interface HistogramProps {
  readonly view: ReportView
  readonly onChoose: (bar: number, right: boolean) => void
}

/** How many photos were right and wrong, by how sure the head was; a bar asks for its photos. */
export function Histogram({ view, onChoose }: HistogramProps): ReactNode {
  const counts = confidenceHistogram(view.images)
  const most = Math.max(...counts.flatMap(({ right, wrong }) => [right, wrong]))
  // With two labels nothing is less sure than one half.
  const first = counts.findIndex(({ right, wrong }) => right + wrong > 0)
  return (
    <>
      <p className={look.legend} aria-hidden>
        <span data-right>{reportTexts.right}</span>
        <span data-right={false}>{reportTexts.wrong}</span>
      </p>
      <ol className={look.bars}>
        {counts.slice(first).map((count, index) => {
          const bar = first + index
          return (
            <li key={bar}>
              <span className={look.pair}>
                {[true, false].map((right) => {
                  const photos = right ? count.right : count.wrong
                  const text = reportTexts.bar(photos, right, bar / bars, (bar + 1) / bars)
                  return photos === 0 ? (
                    <span key={String(right)} />
                  ) : (
                    <button
                      key={String(right)}
                      type="button"
                      data-right={right}
                      aria-label={text}
                      title={text}
                      onClick={() => onChoose(bar, right)}
                    >
                      {photos}
                      <span style={{ '--height': photos / most } as CSSProperties} />
                    </button>
                  )
                })}
              </span>
              <span className={look.tick} aria-hidden>
                {reportTexts.barRange(bar / bars, (bar + 1) / bars)}
              </span>
            </li>
          )
        })}
      </ol>
      <p className={look.axis} aria-hidden>
        {reportTexts.sureAxis}
      </p>
      <p className={look.help}>{reportTexts.histogramHelp}</p>
    </>
  )
}
