import { useMemo, type CSSProperties, type ReactNode } from 'react'
import { labelScores, type PredictedLabel } from '../../evaluation'
import { reportTexts } from '../../texts/training/report'
import { piecesOf, WhenNear } from '../common/WhenNear'
import look from './LabelTable.module.css'

/** Rows that come and go together, and what one is high, in pixels. */
const rowsAtOnce = 40
const rowHeight = 34

interface LabelTableProps {
  readonly labels: readonly string[]
  readonly evaluated: readonly PredictedLabel[]
  readonly order: readonly number[]
}

/** For every label: how many of its photos were found, and how far the head is to be trusted when it says it. */
export function LabelTable({ labels, evaluated, order }: LabelTableProps): ReactNode {
  const scores = useMemo(() => labelScores(evaluated, labels.length), [evaluated, labels])
  return (
    <>
      <table className={look.table}>
        <thead>
          <tr>
            <th scope="col">{reportTexts.labelColumn}</th>
            <th scope="col">{reportTexts.recall}</th>
            <th scope="col">{reportTexts.precision}</th>
          </tr>
        </thead>
        {piecesOf(order, rowsAtOnce).map((piece) => (
          <WhenNear as="tbody" key={piece[0]} estimate={piece.length * rowHeight}>
            {() =>
              piece.map((label) => {
                const { photos, predicted, right } = scores[label]
                return (
                  <tr key={label}>
                    <th scope="row">{labels[label]}</th>
                    <Ratio right={right} total={photos} />
                    <Ratio right={right} total={predicted} />
                  </tr>
                )
              })
            }
          </WhenNear>
        ))}
      </table>
      <dl className={look.help}>
        <dt>{reportTexts.recall}</dt>
        <dd>{reportTexts.recallHelp}</dd>
        <dt>{reportTexts.precision}</dt>
        <dd>{reportTexts.precisionHelp}</dd>
      </dl>
    </>
  )
}

function Ratio({ right, total }: { readonly right: number; readonly total: number }): ReactNode {
  if (total === 0) return <td className={look.none}>{reportTexts.none}</td>
  return (
    <td>
      <span className={look.ratio}>
        <span className={look.bar} style={{ '--share': right / total } as CSSProperties} aria-hidden />
        <b>{reportTexts.percent(right / total)}</b>
        <span className={look.of}>{reportTexts.ratio(right, total)}</span>
      </span>
    </td>
  )
}
