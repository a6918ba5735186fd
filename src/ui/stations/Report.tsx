import type { ReactNode } from 'react'
import type { Part, TrainReport } from '../../types'
import { formatPercent, formatTime } from '../common/format'
import look from './Report.module.css'
import styles from './Station.module.css'

const partNames: Record<Part, string> = { train: 'trained on', validation: 'for validation', test: 'held out' }

/** How well the head does, on what, and how it was found. */
export function Report({ report }: { readonly report: TrainReport }): ReactNode {
  const { confusion, accuracy, images, fit, features } = report
  const judged = accuracy[confusion.part]
  const right = confusion.matrix.reduce((sum, row, index) => sum + row[index], 0)
  return (
    <div className={look.report} data-testid="report">
      {judged !== null && (
        <p className={look.headline}>
          <strong>{formatPercent(judged)}</strong> right: {right} of {images[confusion.part]} photos{' '}
          {partNames[confusion.part]}
        </p>
      )}
      {confusion.part !== 'train' && accuracy.train !== null && (
        <p className={styles.hint}>
          On the {images.train} photos it was trained on: {formatPercent(accuracy.train)}.
        </p>
      )}
      {report.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      <Confusion labels={report.labels} matrix={confusion.matrix} />
      <p className={styles.hint}>
        {features.count} photos on {report.backend}: {formatTime(features.ms + report.decodeMs)}
        {features.fromCache > 0 && ` (${features.fromCache} remembered)`}. Head: {formatTime(fit.ms)}, {fit.iterations}{' '}
        steps
        {fit.gradient !== null && `, largest gradient ${fit.gradient.toExponential(1)}`}.
      </p>
    </div>
  )
}

function Confusion({
  labels,
  matrix,
}: {
  readonly labels: readonly string[]
  readonly matrix: readonly (readonly number[])[]
}): ReactNode {
  return (
    <div className={look.scroll} tabIndex={0} role="region" aria-label="Confusion matrix">
      <table className={look.matrix}>
        <caption>Rows: what it is. Columns: what the head says.</caption>
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                <span>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, truth) => {
            const total = row.reduce((sum, count) => sum + count, 0)
            return (
              <tr key={labels[truth]}>
                <th scope="row" title={labels[truth]}>
                  {labels[truth]}
                </th>
                {row.map((count, said) => (
                  <td
                    key={said}
                    data-right={truth === said}
                    style={{ '--share': total > 0 ? count / total : 0 } as React.CSSProperties}
                    title={`${count} of ${labels[truth]} taken for ${labels[said]}`}
                  >
                    {count > 0 ? count : ''}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
