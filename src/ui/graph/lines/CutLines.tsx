import { useStore, useViewport, ViewportPortal } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { Direction, Point, Rect } from '../../../layout/types'
import { cutWords, wordsPlace, type CutLine } from '../../../view/scene/cut-lines'
import styles from './CutLines.module.css'
import { nothingCovered, type ScreenSize } from '../viewport/viewport'
import type { Covered } from '../types'

interface CutLinesProps {
  readonly lines: readonly CutLine[]
  readonly direction: Direction
  /** Pixels at zoom 1. */
  readonly thickness: number
  /** What lies over the graph. */
  readonly covered: Covered | undefined
  readonly map: boolean
}

/** The lines across the picture where it is cut, each with what it means. */
export function CutLines({ lines, direction, thickness, covered, map }: CutLinesProps): ReactNode {
  return (
    <>
      <ViewportPortal>
        <svg className={styles.lines} aria-hidden>
          {lines.map(({ tensor, trains, from, to }) => (
            <line
              key={`${tensor} ${trains}`}
              data-trains={trains}
              x1={from.x}
              y1={from.y}
              x2={to.x}
              y2={to.y}
              strokeWidth={thickness * 1.8}
            />
          ))}
        </svg>
      </ViewportPortal>
      {lines.map((line) => (
        <Words key={`${line.tensor} ${line.trains}`} {...{ line, direction, covered, map }} />
      ))}
    </>
  )
}

/** As the stylesheet has them, by what they say. */
const size = { height: 20, around: 14, letter: 6.3 } as const

interface WordsProps extends Pick<CutLinesProps, 'direction' | 'covered' | 'map'> {
  readonly line: CutLine
}

/** What a line means, as large as it can be read at any zoom, at the end of the line that is on screen. */
function Words({ line, direction, covered, map }: WordsProps): ReactNode {
  const viewport = useViewport()
  const screen = { width: useStore((state) => state.width), height: useStore((state) => state.height) }
  const words = cutWords(line, direction)
  const { zoom } = viewport
  const onScreen = ({ x, y }: Point): Point => ({ x: x * zoom + viewport.x, y: y * zoom + viewport.y })
  const at = onScreen(line.at)
  const ends = { from: onScreen(line.from), to: onScreen(line.to), at, reach: line.reach * zoom }
  const width = words.length * size.letter + size.around
  const box = { width, height: size.height }
  const place = wordsPlace(ends, box, direction, clearPart(screen, covered, map && at.y > screen.height - mapTop))
  return (
    <span
      className={styles.label}
      data-cut-line={line.tensor}
      data-goes-on={line.goesOn}
      data-trains={line.trains}
      style={
        place
          ? { width, transform: `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)` }
          : { visibility: 'hidden' }
      }
    >
      {words}
    </span>
  )
}

/** Pixels at each side that panels take: the search field, the buttons with the map beside them, the legend. */
const taken = { top: 58, side: 8, right: 54, map: 290, bottom: 8 } as const
const mapTop = 210

/** The part of the screen that no panel lies over. */
function clearPart({ width, height }: ScreenSize, covered: Covered = nothingCovered, byMap = false): Rect {
  const left = covered.now && covered.left > 0 ? covered.left + taken.side : taken.side
  const right = width - (byMap ? taken.map : taken.right)
  const bottom = covered.now ? height * (1 - covered.bottom) : height
  return { x: left, y: taken.top, width: right - left, height: bottom - taken.bottom - taken.top }
}
