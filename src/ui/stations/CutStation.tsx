import { Scissors, Undo2 } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { cut, undoCut } from '../../store/cut'
import { attempt } from '../../store/notices'
import { drawnModel, useStore } from '../../store/state'
import { show } from '../../store/view'
import { Button } from '../common/Button'
import { formatBytes, formatCount, formatShape } from '../common/format'
import { CutStationTensor } from './CutStationTensor'
import { Station } from './Station'
import styles from './Station.module.css'

/** Where the kept part ends, what it costs, and why it is a good place or not. */
export function CutStation(): ReactNode {
  const known = useStore((state) => drawnModel(state) !== null)
  const suggested = useStore((state) => drawnModel(state)?.summary.suggestedCut ?? null)
  const summary = useStore((state) => state.cut?.summary ?? null)
  const canUndo = useStore((state) => state.pastCuts.length > 0)
  const model = useStore((state) => state.graph?.id ?? null)
  const several = summary !== null && summary.tensors.length > 1
  const takeSuggested = (): void => {
    if (suggested !== null) attempt(() => cut([suggested]))
  }
  if (!known) {
    return (
      <Station name="cut" title="Cut" icon={Scissors} state="not yet" done={false}>
        <p className={styles.hint}>Where this network can be cut is still being worked out.</p>
      </Station>
    )
  }
  if (!summary) {
    return (
      <Station name="cut" title="Cut" icon={Scissors} state="not cut yet" done={false}>
        <p className={styles.hint}>
          Click a tensor (a line of the graph) where the part worth keeping ends, find one by name, or take the
          suggestion.
        </p>
        {suggested === null ? (
          <p className={styles.warning}>No cut can be suggested for this model: {whyNone()}</p>
        ) : (
          <>
            <div className={styles.row}>
              <Button look="primary" icon={<Scissors size={16} aria-hidden />} onClick={takeSuggested}>
                Take the suggested cut
              </Button>
              <Button look="quiet" onClick={() => show({ kind: 'tensor', name: suggested })}>
                Show it
              </Button>
            </div>
            <p className={styles.mono}>{suggested}</p>
          </>
        )}
      </Station>
    )
  }
  return (
    <Station name="cut" title="Cut" icon={Scissors} state={`${formatCount(summary.featureLength)} features`} done>
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
          'Each of these tensors is pooled, and they are put side by side.'
        ) : (
          <>
            <span className={styles.tag} data-kind={summary.recommended ? 'good' : 'caution'}>
              {summary.recommended ? 'Recommended' : 'Unusual'}
            </span>{' '}
            {summary.why}
          </>
        )}
      </p>
      <dl className={styles.facts}>
        {!several && (
          <>
            <dt>Shape</dt>
            <dd>{formatShape(summary.shape)}</dd>
          </>
        )}
        <dt>Features for the head</dt>
        <dd>{summary.featureLength.toLocaleString('en')}</dd>
        <dt>Parameters kept</dt>
        <dd>{formatCount(summary.parameters)}</dd>
        <dt>Multiply-adds a photo</dt>
        <dd>{formatCount(summary.multiplyAdds)}</dd>
        <dt>Weights kept</dt>
        <dd>{formatBytes(summary.bytes)}</dd>
      </dl>
      <div className={styles.row}>
        <Button look="quiet" onClick={() => show({ kind: 'tensor', name: summary.tensors[0] })}>
          Show on graph
        </Button>
        {suggested !== null && !summary.tensors.includes(suggested) && (
          <Button look="quiet" onClick={takeSuggested}>
            Suggested cut
          </Button>
        )}
        {canUndo && (
          <Button look="quiet" icon={<Undo2 size={16} aria-hidden />} onClick={() => attempt(undoCut)}>
            Undo
          </Button>
        )}
      </div>
    </Station>
  )
}

function whyNone(): string {
  return 'no tensor depends on a picture and keeps one row for each.'
}
