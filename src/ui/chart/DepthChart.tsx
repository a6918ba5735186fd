import { ChartNoAxesColumn, ChevronsRight } from 'lucide-react'
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { adviceTexts } from '../../texts/model/advice'
import { graphTexts } from '../../texts/model/graph'
import type { ViewEngine } from '../../view/types'
import { CurveScale, DepthCurve, usePlacedCuts } from '../advice/DepthCurve'
import { formatCount, formatPercent } from '../common/format'
import type { PlacedCut } from '../advice/curve'
import styles from './DepthChart.module.css'
import type { Selection } from '../../view/selection'
import type { Bar, Profile } from '../../view/describe/types'

/** Stretches of the network's depth. */
const barsAtMost = 48

interface DepthChartProps {
  readonly engine: ViewEngine
  readonly model: number
  /** Whether costs are known. */
  readonly complete: boolean
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onSelect: (selection: Selection) => void
}

/** Where along the depth parameters and multiply-adds sit, from the input at the top to the output; a click goes there. */
export function DepthChart({ engine, model, complete, open, onOpen, onSelect }: DepthChartProps): ReactNode {
  const profile = useProfile(engine, model, complete && open)
  const placed = usePlacedCuts({ engine, model })
  if (!open) {
    return (
      <div className={styles.closed}>
        <button type="button" title={graphTexts.chart.what} onClick={() => onOpen(true)}>
          <ChartNoAxesColumn size={16} aria-hidden />
          <span>{graphTexts.chart.title}</span>
        </button>
      </div>
    )
  }
  return (
    <section className={styles.chart} aria-label={graphTexts.chart.what} data-compared={placed.length > 0}>
      <header>
        <h2>{graphTexts.chart.title}</h2>
        <button
          type="button"
          title={graphTexts.chart.putAway}
          aria-label={graphTexts.chart.putChartAway}
          onClick={() => onOpen(false)}
        >
          <ChevronsRight size={16} aria-hidden />
        </button>
      </header>
      {profile && profile.bars.length > 0 ? (
        <Bars bars={profile.bars} placed={placed} onSelect={onSelect} />
      ) : (
        <p className={styles.note}>{complete ? profile && 'Nothing is known of its costs.' : 'Being worked out …'}</p>
      )}
    </section>
  )
}

interface BarsProps extends Pick<DepthChartProps, 'onSelect'> {
  readonly bars: readonly Bar[]
  readonly placed: readonly PlacedCut[]
}

function Bars({ bars, placed, onSelect }: BarsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  // One bar is in the tab order; arrow keys go on from it.
  const [active, setActive] = useState(0)
  const most = {
    parameters: Math.max(1, ...bars.map((bar) => bar.parameters)),
    multiplyAdds: Math.max(1, ...bars.map((bar) => bar.multiplyAdds)),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -bars.length, End: bars.length }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(bars.length - 1, active + step))
    setActive(next)
    list.current?.querySelectorAll('button').item(next).focus()
  }
  return (
    <>
      <p className={styles.series} aria-hidden>
        <span data-series="parameters">
          Params <b>{formatCount(sum(bars, 'parameters'))}</b>
        </span>
        <span data-series="multiplyAdds">
          Mult-adds <b>{formatCount(sum(bars, 'multiplyAdds'))}</b>
        </span>
        {placed.length > 0 && (
          <span data-series="accuracy">
            {adviceTexts.chart.title} <CurveScale placed={placed} />
          </span>
        )}
      </p>
      <p className={styles.end} aria-hidden>
        input
      </p>
      <div className={styles.depth} style={{ '--bars': bars.length } as CSSProperties}>
        <ul ref={list} onKeyDown={onKeyDown}>
          {bars.map((bar, i) => (
            <li key={`${i} ${bar.node}`}>
              <button
                type="button"
                tabIndex={i === Math.min(active, bars.length - 1) ? 0 : -1}
                aria-label={spoken(bar)}
                title={`${bar.title}\n${amounts(bar)}`}
                onFocus={() => setActive(i)}
                onClick={() => onSelect({ kind: 'node', name: bar.node })}
              >
                <span data-series="parameters" style={{ width: width(bar.parameters, most.parameters) }} />
                <span data-series="multiplyAdds" style={{ width: width(bar.multiplyAdds, most.multiplyAdds) }} />
              </button>
            </li>
          ))}
        </ul>
        {placed.length > 0 && <DepthCurve placed={placed} />}
      </div>
      <p className={styles.end} aria-hidden>
        output
      </p>
    </>
  )
}

const sum = (bars: readonly Bar[], amount: 'parameters' | 'multiplyAdds'): number =>
  bars.reduce((total, bar) => total + bar[amount], 0)

/** What is there at all is seen. */
const width = (value: number, most: number): string => (value === 0 ? '0' : `max(1.5px, ${(value / most) * 50}%)`)

const amounts = ({ parameters, multiplyAdds }: Bar): string =>
  `${formatCount(parameters)} parameters, ${formatCount(multiplyAdds)} multiply-adds`

const spoken = (bar: Bar): string => `At ${formatPercent(bar.depth)} of the depth: ${amounts(bar)}, ${bar.title}`

/** null until it has come. */
function useProfile(engine: ViewEngine, model: number, wanted: boolean): Profile | null {
  const [told, setTold] = useState<{ readonly model: number; readonly profile: Profile } | null>(null)
  useEffect(() => {
    if (!wanted) return
    let current = true
    engine.profile(model, barsAtMost).then(
      (profile) => {
        if (current && profile) setTold({ model, profile })
      },
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [engine, model, wanted])
  return told?.model === model ? told.profile : null
}
