import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { graphTexts } from '../../texts/model/graph'
import { formatValue } from '../common/format'
import { useSlices } from './useSlices'
import {
  clampPlace,
  lineOf,
  linesOf,
  placeAt,
  positionOf,
  scrolledHeight,
  scrollFor,
  seenAt,
  type ScrolledTable,
} from './value-lines'
import styles from './ValueTable.module.css'

const lineHeight = 22
const linesSeen = 10

interface ValueTableProps {
  readonly id: string
  readonly shape: readonly number[]
}

/** The values of a weight of any size, four a line; only lines that are seen are there. */
export function ValueTable({ id, shape }: ValueTableProps): ReactNode {
  const lines = useMemo(() => linesOf(shape), [shape])
  const elements = shape.reduce((product, size) => product * size, 1)
  const table: ScrolledTable = { lines: lines.count, lineHeight, seen: Math.min(lines.count, linesSeen) * lineHeight }
  const { frame, place, goTo } = usePlaceInTable(table)
  const { first, count, above } = seenAt(place, table)
  const seen = Array.from({ length: count }, (_, i) => ({ number: first + i, ...lines.at(first + i) }))
  const { at, failed } = useSlices(id, elements, seen.at(0)?.from ?? 0, (seen.at(-1)?.from ?? 0) + 4)

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = table.seen - lineHeight
    const steps: Partial<Record<string, number>> = {
      ArrowDown: place + lineHeight,
      ArrowUp: place - lineHeight,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: Infinity,
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    goTo(next)
  }
  if (failed) return <p className={styles.note}>{graphTexts.inspector.cannotRead}</p>
  return (
    <>
      <div
        ref={frame}
        className={styles.frame}
        style={{ height: table.seen }}
        tabIndex={0}
        role="table"
        aria-label={graphTexts.inspector.values}
        aria-rowcount={lines.count}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: scrolledHeight(table) }}>
          <div role="rowgroup" className={styles.seen} style={{ transform: `translateY(${-above}px)` }}>
            {seen.map((line) => (
              <div key={line.number} role="row" aria-rowindex={line.number + 1} className={styles.line}>
                <span role="rowheader">{line.index.join(',')}</span>
                {Array.from({ length: line.count }, (_, i) => {
                  const value = at(line.from + i)
                  return (
                    <span key={i} role="cell" title={value === undefined ? undefined : String(value)}>
                      {value === undefined ? '…' : typeof value === 'string' ? value : formatValue(value)}
                    </span>
                  )
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {lines.count > 3 * linesSeen && shape.length > 0 && (
        <GoToIndex shape={shape} onGo={(position) => goTo(lineOf(position, shape) * lineHeight)} />
      )}
    </>
  )
}

/**
 * Where the table stands. The scroll bar leads, but where it is coarser than the table (millions of lines), wheel and
 * keys move the table itself and the bar follows.
 */
function usePlaceInTable(table: ScrolledTable) {
  const frame = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(0)
  const latest = useRef({ table, place })
  useEffect(() => {
    latest.current = { table, place }
  })
  const goTo = (to: number): void => {
    const next = clampPlace(to, latest.current.table)
    latest.current.place = next
    setPlace(next)
    if (frame.current) frame.current.scrollTop = scrollFor(next, latest.current.table)
  }
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const onScroll = (): void => {
      const { table: now, place: before } = latest.current
      // Where the bar stands as it was set, or at the nearest pixel, nobody has moved it.
      if (Math.abs(element.scrollTop - scrollFor(before, now)) <= 1) return
      latest.current.place = placeAt(element.scrollTop, now)
      setPlace(latest.current.place)
    }
    const onWheel = (event: WheelEvent): void => {
      const { table: now, place: before } = latest.current
      if (event.ctrlKey || scrolledHeight(now) >= now.lines * now.lineHeight) return
      event.preventDefault()
      const next = clampPlace(before + event.deltaY * (event.deltaMode === 1 ? now.lineHeight : 1), now)
      latest.current.place = next
      setPlace(next)
      element.scrollTop = scrollFor(next, now)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('wheel', onWheel)
    }
  }, [])
  return { frame, place, goTo }
}

function GoToIndex({ shape, onGo }: { readonly shape: readonly number[]; readonly onGo: (position: number) => void }) {
  const [wrong, setWrong] = useState(false)
  return (
    <label className={styles.goTo}>
      Go to index
      <input
        type="text"
        inputMode="numeric"
        placeholder={shape.map(() => 0).join(', ')}
        aria-invalid={wrong}
        onChange={(event) => {
          const text = event.target.value
          const position = positionOf(text, shape)
          setWrong(text.trim() !== '' && position === null)
          if (position !== null) onGo(position)
        }}
      />
    </label>
  )
}
