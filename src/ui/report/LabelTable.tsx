import type { CSSProperties, ReactNode } from 'react'
import { labelScores } from '../../judging'
import { reportTexts } from '../../texts/report'
import look from './LabelTable.module.css'

interface LabelTableProps {
  readonly labels: readonly string[]
  readonly matrix: readonly (readonly number[])[]
  readonly order: readonly number[]
}

/** For every label: how many of its photos were found, and how far the head is to be trusted when it says it. */
export function LabelTable({ labels, matrix, order }: LabelTableProps): ReactNode {
  const scores = labelScores(matrix)
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
        <tbody>
          {order.map((label) => {
            const { photos, said, right } = scores[label]
            return (
              <tr key={label}>
                <th scope="row">{labels[label]}</th>
                <Ratio right={right} total={photos} />
                <Ratio right={right} total={said} />
              </tr>
            )
          })}
        </tbody>
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
