import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { reportTexts } from '../../../texts/training/report'
import look from './Curves.module.css'

export interface PlotLine {
  readonly name: string
  /** One for each round; null where there is none. */
  readonly values: readonly (number | null)[]
}

interface PlotProps {
  readonly title: string
  /** What it is, in a few words. */
  readonly help: string
  /** What is counted along the bottom. */
  readonly rounds: string
  /** At most two. */
  readonly lines: readonly PlotLine[]
  readonly format: (value: number) => string
  /** Where the scale ends; else with the largest value. */
  readonly most?: number
}

const height = 150

/** Lines over the rounds of a training. It grows with its values, and says in words where they begin and end. */
export function Plot({ title, help, rounds, lines, format, most }: PlotProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLParagraphElement>(null)
  const plot = useRef<uPlot | null>(null)
  const data = useMemo<uPlot.AlignedData>(() => {
    const [first] = lines
    return [first.values.map((_, index) => index + 1), ...lines.map(({ values }) => [...values])]
  }, [lines])
  const latest = useRef(data)
  const count = lines.length

  useEffect(() => {
    const element = frame.current
    const colours = legend.current
    if (!element || !colours) return
    const made = new uPlot(optionsOf({ count, most, format, legend: colours }), latest.current, element)
    plot.current = made
    const resizing = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    resizing.observe(element)
    const stop = onThemeChange(() => made.redraw(false, true))
    return () => {
      resizing.disconnect()
      stop()
      made.destroy()
      plot.current = null
    }
  }, [count, most, format])

  useEffect(() => {
    latest.current = data
    plot.current?.setData(data)
  }, [data])

  return (
    <figure className={look.figure}>
      <figcaption>
        <b>{title}</b> <span>{help}</span>
      </figcaption>
      <p ref={legend} className={look.legend} aria-hidden>
        {lines.map(({ name, values }) => (
          <span key={name}>
            {count > 1 && name} <b>{formatLast(values, format)}</b>
          </span>
        ))}
      </p>
      <div ref={frame} className={look.plot} role="img" aria-label={inWords(title, lines, format)} />
      <p className={look.rounds} aria-hidden>
        {rounds}
      </p>
    </figure>
  )
}

interface Look {
  readonly count: number
  readonly most: number | undefined
  readonly format: (value: number) => string
  /** Its spans have the colours of the lines, its own text that of the axes. */
  readonly legend: HTMLElement
}

function optionsOf({ count, most, format, legend }: Look): uPlot.Options {
  const text = (): string => getComputedStyle(legend).color
  const grid = (): string => getComputedStyle(legend).borderTopColor
  const colourOf = (line: number): string => getComputedStyle(legend.children[line] ?? legend).color
  const font = '12px system-ui, sans-serif'
  const axis = { stroke: text, font, ticks: { show: false }, grid: { stroke: grid, width: 1 } }
  return {
    width: 300,
    height,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false },
      y: { range: (_, _low, high) => [0, most ?? (high > 0 ? high * 1.05 : 1)] },
    },
    axes: [
      { ...axis, size: 24, gap: 4, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
      { ...axis, size: 50, gap: 6, space: 34, values: (_, values) => values.map(format) },
    ],
    series: [
      {},
      ...Array.from({ length: count }, (_, line) => ({
        stroke: () => colourOf(line),
        width: 2,
        // The second line is told apart without its colour, too.
        dash: line === 0 ? [] : [6, 4],
        points: { show: false },
      })),
    ],
  }
}

/** Calls when the page becomes light or dark; returns how to stop. */
function onThemeChange(call: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  const watching = new MutationObserver(call)
  watching.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  media.addEventListener('change', call)
  return () => {
    watching.disconnect()
    media.removeEventListener('change', call)
  }
}

function formatLast(values: readonly (number | null)[], format: (value: number) => string): string {
  const last = values.at(-1)
  return typeof last === 'number' ? format(last) : ''
}

function inWords(title: string, lines: readonly PlotLine[], format: (value: number) => string): string {
  return lines
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null)
      const subject = lines.length > 1 ? `${title}, ${name},` : title
      return reportTexts.course(subject, known.length, format(known.at(0) ?? 0), format(known.at(-1) ?? 0))
    })
    .join('. ')
}
