import { Scissors } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { drawnModel, useStore } from '../../store/state/state'
import { show } from '../../store/graph-view/view'
import { cutTexts as texts } from '../../texts/model/cut'
import { AdviceCard } from '../advice/AdviceCard'
import { Button } from '../common/Button'
import { formatBytes, formatCount, formatShape } from '../common/format'
import { UndoButtonsOf } from '../undo/UndoButtons'
import { CutStationTensor } from './CutStationTensor'
import { Station } from './Station'
import styles from './Station.module.css'

/** Where the kept part ends, what it costs, and why it is a good place or not. */
export function CutStation(): ReactNode {
  const known = useStore((state) => drawnModel(state) !== null)
  const suggested = useStore((state) => drawnModel(state)?.summary.suggestedCut ?? null)
  const summary = useStore((state) => state.cut?.summary ?? null)
  const model = useStore((state) => state.graph?.id ?? null)
  const several = summary !== null && summary.tensors.length > 1
  const canTake = useStore(actions.takeSuggestedCut.enabled)
  const takeSuggested = (): void => perform(actions.takeSuggestedCut)
  if (!known) {
    return (
      <Station name="cut" title={texts.title} icon={Scissors} state={texts.notYet} done={false}>
        <p className={styles.hint}>{texts.workedOut}</p>
      </Station>
    )
  }
  if (!summary) {
    return (
      <Station name="cut" title={texts.title} icon={Scissors} state={texts.notCut} done={false}>
        <p className={styles.hint}>{texts.how}</p>
        {suggested === null && <p className={styles.warning}>{texts.noneSuggested}</p>}
        <div className={styles.row}>
          {suggested !== null && (
            <>
              <Button look="primary" icon={<Scissors size={16} aria-hidden />} onClick={takeSuggested}>
                {texts.take}
              </Button>
              <Button look="quiet" onClick={() => show({ kind: 'tensor', name: suggested })}>
                {texts.show}
              </Button>
            </>
          )}
          <UndoButtonsOf kind="cut" />
        </div>
        {suggested !== null && <p className={styles.mono}>{suggested}</p>}
        <AdviceCard />
      </Station>
    )
  }
  return (
    <Station
      name="cut"
      title={texts.title}
      icon={Scissors}
      state={texts.features(formatCount(summary.featureLength))}
      done
    >
      <div data-testid="cut-card">
        {summary.tensors.map((tensor) => (
          <Fragment key={tensor}>
            <p className={styles.mono}>{tensor}</p>
            {several && model !== null && <CutStationTensor model={model} tensor={tensor} />}
          </Fragment>
        ))}
      </div>
      <p className={styles.hint}>
        {several ? (
          texts.several
        ) : (
          <>
            <span className={styles.tag} data-kind={summary.recommended ? 'good' : 'caution'}>
              {summary.recommended ? texts.recommended : texts.unusual}
            </span>{' '}
            {summary.why}
          </>
        )}
      </p>
      <dl className={styles.facts}>
        {!several && (
          <>
            <dt>{texts.shape}</dt>
            <dd>{formatShape(summary.shape)}</dd>
          </>
        )}
        <dt>{texts.featuresForHead}</dt>
        <dd>{summary.featureLength.toLocaleString('en')}</dd>
        <dt>{texts.parameters}</dt>
        <dd>{formatCount(summary.parameters)}</dd>
        <dt>{texts.multiplyAdds}</dt>
        <dd>{formatCount(summary.multiplyAdds)}</dd>
        <dt>{texts.weights}</dt>
        <dd>{formatBytes(summary.bytes)}</dd>
      </dl>
      <div className={styles.row}>
        <Button look="quiet" onClick={() => show({ kind: 'tensor', name: summary.tensors[0] })}>
          {texts.showOnGraph}
        </Button>
        {canTake && (
          <Button look="quiet" onClick={takeSuggested}>
            {texts.suggested}
          </Button>
        )}
        <UndoButtonsOf kind="cut" />
      </div>
      <AdviceCard />
    </Station>
  )
}
