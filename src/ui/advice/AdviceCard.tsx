import { Compass } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { useStore } from '../../store/state/state'
import { missingToAdvise } from '../../store/training/missing'
import { namedCuts, type NamedCut } from '../../store/training/named-cuts'
import { isAdviceOutOfDate } from '../../store/training/trained-on'
import { adviceTexts as texts, placesOfCuts } from '../../texts/model/advice'
import type { CutAdvice, HeldAdvice } from '../../types'
import { Button } from '../common/Button'
import { formatBytes, formatCount } from '../common/format'
import styles from './AdviceCard.module.css'

/** Which cut is best: what was found, or what is missing to find it out. */
export function AdviceCard(): ReactNode {
  const advice = useStore((state) => state.advice)
  const missing = useStore(missingToAdvise)
  const busy = useStore((state) => state.jobs.length > 0)
  const outOfDate = useStore(isAdviceOutOfDate)
  const title = useStore(actions.whereToCut.title)
  return (
    <section className={styles.card} aria-label={texts.title} data-testid="advice">
      {advice && outOfDate && <p className={styles.warning}>{texts.outOfDate}</p>}
      <div>
        <Button
          icon={<Compass size={16} aria-hidden />}
          disabled={missing !== null || busy}
          onClick={() => perform(actions.whereToCut)}
        >
          {title}
        </Button>
      </div>
      {missing !== null && <p className={styles.hint}>{texts.missing[missing]}</p>}
      {advice && <Found advice={advice} />}
    </section>
  )
}

function Found({ advice }: { readonly advice: HeldAdvice }): ReactNode {
  const { cuts, photos, labels } = advice
  const named = useMemo(() => namedCuts(cuts), [cuts])
  const places = useMemo(() => placesOfCuts(cuts.flatMap(({ tensors }) => tensors)), [cuts])
  const namesOf = (cut: CutAdvice): NamedCut['names'] => named.find((each) => each.cut === cut)?.names ?? []
  return (
    <>
      <ul className={styles.cuts}>
        {named.map(({ cut, names }) => (
          <Row key={cut.tensors.join()} cut={cut} names={names} places={places} explained />
        ))}
      </ul>
      <details className={styles.all}>
        <summary>{texts.all(cuts.length)}</summary>
        <ul className={styles.cuts}>
          {cuts.map((cut) => (
            <Row key={cut.tensors.join()} cut={cut} names={namesOf(cut)} places={places} />
          ))}
        </ul>
      </details>
      <p className={styles.hint}>{texts.how(photos, labels)}</p>
    </>
  )
}

interface RowProps {
  readonly cut: CutAdvice
  readonly names: NamedCut['names']
  readonly places: ReadonlyMap<string, string>
  /** Whether it says what its names mean. */
  readonly explained?: boolean
}

function Row({ cut, names, places, explained = false }: RowProps): ReactNode {
  const { tensors, accuracy, error, featureLength, multiplyAdds, bytes } = cut
  const isHere = useStore((state) => state.cut?.summary.tensors.join() === tensors.join())
  const what = useStore((state) => actions.takeAdvisedCut.title(state, tensors))
  return (
    <li>
      <button
        type="button"
        className={styles.cut}
        aria-pressed={isHere}
        title={what}
        onClick={() => perform(actions.takeAdvisedCut, tensors)}
      >
        <span className={styles.line}>
          {names.map((name) => (
            <span key={name} className={styles.name}>
              {texts.names[name]}
            </span>
          ))}
          <b>{texts.together(tensors.map((tensor) => places.get(tensor) ?? tensor))}</b>
          <span className={styles.value}>{texts.accuracy(accuracy, error)}</span>
        </span>
        <span className={styles.bar} aria-hidden>
          <span style={between(accuracy - error, accuracy + error)} data-part="interval" />
          <span style={between(0, accuracy)} data-part="share" />
        </span>
        <span className={styles.costs}>
          {texts.costs(formatCount(multiplyAdds), formatBytes(bytes), formatCount(featureLength))}
          {isHere && ` · ${texts.here}`}
        </span>
        {explained && <span className={styles.costs}>{sentence(names)}</span>}
      </button>
    </li>
  )
}

/** A stretch of a bar, in shares of it. */
const between = (low: number, high: number): { left: string; right: string } => ({
  left: `${Math.max(0, low) * 100}%`,
  right: `${(1 - Math.min(1, high)) * 100}%`,
})

/** Why a cut is named. */
function sentence(names: NamedCut['names']): string {
  const text = names.map((name) => texts.why[name]).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
