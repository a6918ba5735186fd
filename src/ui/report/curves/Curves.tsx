import type { ReactNode } from 'react'
import { reportTexts } from '../../../texts/training/report'
import type { TrainingStep } from '../../../types'
import look from './Curves.module.css'
import { Plot, type PlotLine } from './Plot'

interface CurvesProps {
  readonly history: readonly TrainingStep[]
  /** What one point stands for. */
  readonly unit: 'epoch' | 'step'
  /** Also as a table, for those who would rather read numbers. */
  readonly table: boolean
}

/** How loss and accuracy went while the head was trained, on the photos trained on and on those for validation. */
export function Curves({ history, unit, table }: CurvesProps): ReactNode {
  const validated = history.some(({ validationLoss }) => validationLoss !== null)
  const lines = (training: PlotLine, validation: PlotLine): PlotLine[] =>
    validated ? [training, validation] : [training]
  const rounds = reportTexts[unit]
  return (
    <div className={look.curves}>
      <Plot
        title={reportTexts.loss}
        help={reportTexts.lossHelp}
        rounds={rounds}
        format={formatLoss}
        lines={lines(
          { name: reportTexts.training, values: history.map(({ loss }) => loss) },
          { name: reportTexts.validation, values: history.map(({ validationLoss }) => validationLoss) },
        )}
      />
      <Plot
        title={reportTexts.accuracy}
        help={reportTexts.accuracyHelp}
        rounds={rounds}
        format={reportTexts.percent}
        most={1}
        lines={lines(
          { name: reportTexts.training, values: history.map(({ accuracy }) => accuracy) },
          { name: reportTexts.validation, values: history.map(({ validationAccuracy }) => validationAccuracy) },
        )}
      />
      {table && <Numbers history={history} rounds={rounds} validated={validated} />}
    </div>
  )
}

interface NumbersProps {
  readonly history: readonly TrainingStep[]
  readonly rounds: string
  readonly validated: boolean
}

function Numbers({ history, rounds, validated }: NumbersProps): ReactNode {
  const { loss, accuracy, training, validation } = reportTexts
  return (
    <details className={look.numbers}>
      <summary>{reportTexts.asTable}</summary>
      <div className={look.scroll} tabIndex={0} role="region" aria-label={reportTexts.curves}>
        <table>
          <thead>
            <tr>
              <th scope="col">{rounds}</th>
              <th scope="col">{validated ? `${loss}, ${training}` : loss}</th>
              {validated && <th scope="col">{`${loss}, ${validation}`}</th>}
              <th scope="col">{validated ? `${accuracy}, ${training}` : accuracy}</th>
              {validated && <th scope="col">{`${accuracy}, ${validation}`}</th>}
            </tr>
          </thead>
          <tbody>
            {history.map((step, index) => (
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                <td>{formatLoss(step.loss)}</td>
                {validated && <td>{step.validationLoss === null ? '' : formatLoss(step.validationLoss)}</td>}
                <td>{reportTexts.percent(step.accuracy)}</td>
                {validated && (
                  <td>{step.validationAccuracy === null ? '' : reportTexts.percent(step.validationAccuracy)}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function formatLoss(loss: number): string {
  return loss >= 100 || loss === 0 ? loss.toFixed(0) : loss.toPrecision(3)
}
