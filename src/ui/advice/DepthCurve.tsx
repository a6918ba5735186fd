import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { useStore } from '../../store/state/state'
import { namedCuts } from '../../store/training/named-cuts'
import { isAdviceOutOfDate } from '../../store/training/trained-on'
import { adviceTexts as texts, placesOfCuts } from '../../texts/model/advice'
import type { CutAdvice } from '../../types'
import type { ViewEngine } from '../../view/types'
import { formatBytes, formatCount, formatPercent } from '../common/format'
import { scaleOf, shapes, type PlacedCut } from './curve'
import styles from './DepthCurve.module.css'

interface DepthCurveProps {
  readonly engine: ViewEngine
  readonly model: number
}

/** Single cuts that were compared, with where along the depth they are; none before that is known. */
export function usePlacedCuts({ engine, model }: DepthCurveProps): readonly PlacedCut[] {
  const cuts = useStore((state) => (state.model?.id === model ? state.advice?.cuts : undefined))
  const [placed, setPlaced] = useState<{ readonly of: readonly CutAdvice[]; readonly all: readonly PlacedCut[] }>()
  useEffect(() => {
    if (!cuts) return
    let current = true
    const alone = cuts.filter(({ tensors }) => tensors.length === 1)
    const tensors = alone.map((cut) => cut.tensors[0])
    engine.depths(model, tensors).then(
      (depths) => {
        if (!current || !depths) return
        const all = alone.flatMap((cut, at) => {
          const depth = depths[at]
          return depth === null ? [] : [{ cut, depth }]
        })
        setPlaced({ of: cuts, all })
      },
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [engine, model, cuts])
  return placed && placed.of === cuts ? placed.all : none
}

const none: readonly PlacedCut[] = []

/** Accuracy at each cut with its interval, from the input at the top to the output; a click cuts there. */
export function DepthCurve({ placed }: { readonly placed: readonly PlacedCut[] }): ReactNode {
  const outOfDate = useStore(isAdviceOutOfDate)
  const here = useStore((state) => state.cut?.summary.tensors.join())
  const list = useRef<HTMLUListElement>(null)
  // One point is in the tab order; arrow keys go on from it.
  const [active, setActive] = useState(0)
  const cuts = useMemo(() => placed.map(({ cut }) => cut), [placed])
  const named = useMemo(() => namedCuts(cuts), [cuts])
  const places = useMemo(() => placesOfCuts(cuts.flatMap(({ tensors }) => tensors)), [cuts])
  const scale = scaleOf(cuts)
  const { band, line } = shapes(placed, scale)
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = {
      ...{ ArrowDown: 1, ArrowUp: -1, Home: -placed.length, End: placed.length },
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(placed.length - 1, active + step))
    setActive(next)
    list.current?.querySelectorAll('button').item(next).focus()
  }
  return (
    <div className={styles.curve} data-old={outOfDate} title={outOfDate ? texts.outOfDate : undefined}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
        <path d={band} className={styles.band} />
        <path d={line} className={styles.line} vectorEffect="non-scaling-stroke" />
      </svg>
      <ul ref={list} onKeyDown={onKeyDown} aria-label={texts.chart.what}>
        {placed.map(({ cut, depth }, at) => {
          const names = named.find((each) => each.cut === cut)?.names ?? []
          const said = spoken(cut, [...names.map((name) => texts.names[name]), ...cutPlace(cut, places)])
          return (
            <li key={cut.tensors[0]} style={{ top: `${depth * 100}%`, left: `${scale.of(cut.accuracy)}%` }}>
              <button
                type="button"
                tabIndex={at === Math.min(active, placed.length - 1) ? 0 : -1}
                aria-pressed={here === cut.tensors.join()}
                aria-label={said.join(', ')}
                title={said.join('\n')}
                data-named={names.length > 0}
                onFocus={() => setActive(at)}
                onClick={() => perform(actions.takeAdvisedCut, cut.tensors)}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The ends of the curve's scale, in words. */
export function CurveScale({ placed }: { readonly placed: readonly PlacedCut[] }): ReactNode {
  const { low, high } = scaleOf(placed.map(({ cut }) => cut))
  return (
    <span className={styles.scale} aria-hidden>
      <span>{formatPercent(low)}</span>
      <span>{formatPercent(high)}</span>
    </span>
  )
}

const cutPlace = ({ tensors }: CutAdvice, places: ReadonlyMap<string, string>): string[] =>
  tensors.map((tensor) => places.get(tensor) ?? tensor)

const spoken = ({ accuracy, error, multiplyAdds, bytes, featureLength }: CutAdvice, what: string[]): string[] => [
  what.join(': '),
  texts.accuracy(accuracy, error),
  texts.costs(formatCount(multiplyAdds), formatBytes(bytes), formatCount(featureLength)),
]
