import { useEffect, useState, type RefObject, type UIEvent } from 'react'

/** Sides of a photo and the room between two, in rem, so that they grow with the type. */
const leastSide = { narrow: 3.5, wide: 5 } as const
const gapRem = 0.3125

/** Rows drawn above and below what is seen. */
const spareRows = 2

export interface Cells {
  readonly columns: number
  /** In pixels. */
  readonly side: number
  readonly gap: number
}

interface VisibleArea {
  readonly width: number
  readonly height: number
  /** The first row that is seen at all. */
  readonly row: number
}

export interface Rows extends Cells {
  /** Of all rows, in pixels. */
  readonly height: number
  /** Photos to be drawn: from this one up to that one. */
  readonly from: number
  readonly to: number
  readonly onScroll: (event: UIEvent<HTMLElement>) => void
}

/**
 * Which of many photos are to be drawn in a box that scrolls: all cells are of one size, so that this is plain
 * arithmetic.
 */
export function useRows(box: RefObject<HTMLElement | null>, count: number, size: keyof typeof leastSide): Rows {
  const [seen, setSeen] = useState<VisibleArea>({ width: 0, height: 0, row: 0 })
  const cells = cellsFor(seen.width, size)
  const pitch = cells.side + cells.gap
  useEffect(() => {
    if (!box.current) return undefined
    const observer = new ResizeObserver(([{ contentRect }]) => {
      setSeen(({ row }) => ({ width: contentRect.width, height: contentRect.height, row }))
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box])
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>): void => {
    const row = Math.floor(currentTarget.scrollTop / pitch)
    if (row !== seen.row) setSeen({ ...seen, row })
  }
  const rows = Math.ceil(count / cells.columns)
  const shown = Math.ceil(seen.height / pitch) + 1
  // After photos are gone, the box may still say that it is scrolled further than there are rows.
  const first = Math.max(0, Math.min(seen.row, rows - shown) - spareRows)
  return {
    ...cells,
    height: Math.max(0, rows * pitch - cells.gap),
    from: seen.width === 0 ? 0 : first * cells.columns,
    to: seen.width === 0 ? 0 : Math.min(count, (first + shown + 2 * spareRows) * cells.columns),
    onScroll,
  }
}

function cellsFor(width: number, size: keyof typeof leastSide): Cells {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const gap = gapRem * rem
  const columns = Math.max(1, Math.floor((width + gap) / (leastSide[size] * rem + gap)))
  return { columns, gap, side: Math.max(1, (width - gap * (columns - 1)) / columns) }
}
