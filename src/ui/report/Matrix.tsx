import { memo, useId, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { PairCounts } from '../../evaluation'
import { reportTexts } from '../../texts/training/report'
import look from './Matrix.module.css'

/** More labels than this, or longer ones, are written upright above their columns. */
const most = { labels: 4, letters: 8 }

/** Labels in a matrix at most: of more, nobody could read it. */
export const mostShown = 40

interface MatrixProps {
  readonly labels: readonly string[]
  readonly pairs: PairCounts
  /** Labels in the order in which they are shown; those beyond the first `mostShown` are left out. */
  readonly order: readonly number[]
  readonly chosen: { readonly label: string; readonly predicted: string } | null
  readonly onChoose: (label: string, predicted: string) => void
}

interface MatrixCell {
  readonly row: number
  readonly column: number
}

/**
 * What was taken for what, as a grid: one stop of Tab, arrow keys go from cell to cell, and choosing a cell that has
 * photos asks for them.
 */
export function Matrix({ labels, pairs, order: whole, chosen, onChoose }: MatrixProps): ReactNode {
  const order = useMemo(() => whole.slice(0, mostShown), [whole])
  const table = useRef<HTMLTableElement>(null)
  const help = useId()
  const [wanted, setActive] = useState<MatrixCell>({ row: 0, column: 0 })
  const last = order.length - 1
  const active = { row: Math.min(wanted.row, last), column: Math.min(wanted.column, last) }

  const choose = ({ row, column }: MatrixCell): void => {
    const [label, predicted] = [order[row], order[column]]
    if (pairs.of(label, predicted) > 0) onChoose(labels[label], labels[predicted])
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const place = placeOf(event.target)
    if (!place) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      choose(place)
      return
    }
    const next = moved(place, event, last)
    if (!next) return
    event.preventDefault()
    goTo(next)
  }
  const goTo = (place: MatrixCell): void => {
    // Only the cell that Tab reaches can have the focus: thousands that could would be slow to draw.
    flushSync(() => setActive(place))
    table.current?.rows
      .item(place.row + 1)
      ?.cells.item(place.column + 1)
      ?.focus()
  }
  return (
    <div className={look.scroll}>
      <table
        ref={table}
        className={look.matrix}
        role="grid"
        aria-label={reportTexts.matrix}
        aria-describedby={help}
        data-upright={order.length > most.labels || labels.some((label) => label.length > most.letters)}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const place = placeOf(event.target)
          if (!place) return
          goTo(place)
          choose(place)
        }}
      >
        <caption id={help}>
          {reportTexts.matrixHelp} <span className="visually-hidden">{reportTexts.matrixKeys}</span>
        </caption>
        <thead>
          <tr>
            <td />
            {order.map((label) => (
              <th key={label} scope="col" title={labels[label]}>
                <span>{labels[label]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((label, row) => (
            <Row
              key={label}
              labels={labels}
              pairs={pairs}
              label={label}
              order={order}
              active={active.row === row ? active.column : null}
              chosen={chosen?.label === labels[label] ? chosen.predicted : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly labels: readonly string[]
  readonly pairs: PairCounts
  readonly label: number
  readonly order: readonly number[]
  /** The column that Tab reaches, if it is in this row. */
  readonly active: number | null
  readonly chosen: string | null
}

const Row = memo(function Row({ labels, pairs, label, order, active, chosen }: RowProps): ReactNode {
  const total = pairs.total(label)
  return (
    <tr>
      <th scope="row" title={labels[label]}>
        {labels[label]}
      </th>
      {order.map((predicted, column) => {
        const count = pairs.of(label, predicted)
        const tabIndex = active === column ? 0 : undefined
        if (count === 0) return <td key={predicted} tabIndex={tabIndex} />
        const text = reportTexts.cell(count, labels[label], labels[predicted])
        return (
          <td
            key={predicted}
            data-right={label === predicted}
            data-photos
            tabIndex={tabIndex}
            aria-selected={chosen === labels[predicted]}
            aria-label={text}
            title={text}
            style={{ '--share': count / total } as CSSProperties}
          >
            {count}
          </td>
        )
      })}
    </tr>
  )
})

function placeOf(target: EventTarget): MatrixCell | null {
  const cell = target instanceof HTMLElement ? target.closest('td') : null
  const row = cell?.parentElement
  if (!cell || !(row instanceof HTMLTableRowElement) || row.rowIndex === 0) return null
  // Beside the first column and under the first row, which have the names.
  return { row: row.rowIndex - 1, column: cell.cellIndex - 1 }
}

/** Where a key leads from a cell; null if it leads nowhere. */
function moved({ row, column }: MatrixCell, { key, ctrlKey }: KeyboardEvent, last: number): MatrixCell | null {
  const within = (at: number): number => Math.max(0, Math.min(last, at))
  if (key === 'ArrowUp') return { row: within(row - 1), column }
  if (key === 'ArrowDown') return { row: within(row + 1), column }
  if (key === 'ArrowLeft') return { row, column: within(column - 1) }
  if (key === 'ArrowRight') return { row, column: within(column + 1) }
  if (key === 'Home') return { row: ctrlKey ? 0 : row, column: 0 }
  if (key === 'End') return { row: ctrlKey ? last : row, column: last }
  return null
}
