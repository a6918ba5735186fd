import { memo, useId, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { reportTexts } from '../../texts/report'
import look from './Matrix.module.css'

/** More labels than this, or longer ones, are written upright above their columns. */
const most = { labels: 4, letters: 8 }

interface MatrixProps {
  readonly labels: readonly string[]
  /** Rows are the true labels, columns those said. */
  readonly matrix: readonly (readonly number[])[]
  /** Labels in the order in which they are shown. */
  readonly order: readonly number[]
  readonly chosen: { readonly label: string; readonly said: string } | null
  readonly onChoose: (label: string, said: string) => void
}

interface Place {
  readonly row: number
  readonly column: number
}

/**
 * What was taken for what, as a grid: one stop of Tab, arrow keys go from cell to cell, and choosing a cell that has
 * photos asks for them.
 */
export function Matrix({ labels, matrix, order, chosen, onChoose }: MatrixProps): ReactNode {
  const table = useRef<HTMLTableElement>(null)
  const help = useId()
  const [wanted, setActive] = useState<Place>({ row: 0, column: 0 })
  const last = order.length - 1
  const active = { row: Math.min(wanted.row, last), column: Math.min(wanted.column, last) }

  const choose = ({ row, column }: Place): void => {
    const [label, said] = [order[row], order[column]]
    if (matrix[label][said] > 0) onChoose(labels[label], labels[said])
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
    setActive(next)
    table.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus()
  }
  return (
    <div className={look.scroll}>
      <table
        ref={table}
        className={look.matrix}
        role="grid"
        aria-label={reportTexts.matrix}
        aria-describedby={help}
        data-upright={labels.length > most.labels || labels.some((label) => label.length > most.letters)}
        onKeyDown={onKeyDown}
        onFocus={(event) => setActive(placeOf(event.target) ?? active)}
        onClick={(event) => {
          const place = placeOf(event.target)
          if (place) choose(place)
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
              counts={matrix[label]}
              label={label}
              row={row}
              order={order}
              active={active.row === row ? active.column : null}
              chosen={chosen?.label === labels[label] ? chosen.said : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly labels: readonly string[]
  readonly counts: readonly number[]
  readonly label: number
  readonly row: number
  readonly order: readonly number[]
  /** The column that Tab reaches, if it is in this row. */
  readonly active: number | null
  readonly chosen: string | null
}

const Row = memo(function Row({ labels, counts, label, row, order, active, chosen }: RowProps): ReactNode {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return (
    <tr>
      <th scope="row" title={labels[label]}>
        {labels[label]}
      </th>
      {order.map((said, column) => {
        const count = counts[said]
        const text =
          count > 0
            ? reportTexts.cell(count, labels[label], labels[said])
            : reportTexts.emptyCell(labels[label], labels[said])
        return (
          <td
            key={said}
            data-row={row}
            data-column={column}
            data-right={label === said}
            data-photos={count > 0}
            tabIndex={active === column ? 0 : -1}
            aria-selected={chosen === labels[said]}
            aria-label={text}
            title={text}
            style={{ '--share': total > 0 ? count / total : 0 } as CSSProperties}
          >
            {count > 0 ? count : ''}
          </td>
        )
      })}
    </tr>
  )
})

function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-row]') : null
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null
}

/** Where a key leads from a cell; null if it leads nowhere. */
function moved({ row, column }: Place, { key, ctrlKey }: KeyboardEvent, last: number): Place | null {
  const within = (at: number): number => Math.max(0, Math.min(last, at))
  if (key === 'ArrowUp') return { row: within(row - 1), column }
  if (key === 'ArrowDown') return { row: within(row + 1), column }
  if (key === 'ArrowLeft') return { row, column: within(column - 1) }
  if (key === 'ArrowRight') return { row, column: within(column + 1) }
  if (key === 'Home') return { row: ctrlKey ? 0 : row, column: 0 }
  if (key === 'End') return { row: ctrlKey ? last : row, column: last }
  return null
}
