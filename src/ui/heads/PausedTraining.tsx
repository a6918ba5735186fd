import { Play, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { perform } from '../../actions/perform'
import { trainingActions } from '../../actions/training'
import { useStore } from '../../store/state/state'
import { whyNotResumed } from '../../store/training/paused'
import { pausedTexts as texts } from '../../texts/training/paused'
import { Button } from '../common/Button'
import { LazyCurves } from '../report/curves/LazyCurves'
import stations from '../stations/Station.module.css'
import styles from './HeadSettings.module.css'

/** A training that was stopped on its way, how far it came, and the buttons to go on or to forget it; nothing where there is none. */
export function PausedTraining(): ReactNode {
  const paused = useStore((state) => state.paused)
  const others = useStore(whyNotResumed)
  const canResume = useStore(trainingActions.resumeTraining.enabled)
  const canDiscard = useStore(trainingActions.discardTraining.enabled)
  const busy = useStore((state) => state.jobs.length > 0)
  // What is gone on with is shown as it runs.
  if (!paused || busy) return null
  const { why, history, options, onDisk } = paused
  return (
    <section className={styles.paused} aria-label={texts.title} data-testid="paused">
      <p>{texts.says[why](history.length, options.tail?.epochs ?? 0)}</p>
      <p className={others ? stations.warning : styles.help}>
        {others ? `${texts.others[others]} ${texts.othersNext[others]}` : texts.help}
      </p>
      {!onDisk && <p className={stations.warning}>{texts.unkept}</p>}
      <div className={styles.buttons}>
        <Button
          look="primary"
          icon={<Play size={16} aria-hidden />}
          disabled={!canResume}
          onClick={() => perform(trainingActions.resumeTraining)}
        >
          {texts.resume}
        </Button>
        <Button
          icon={<Trash2 size={16} aria-hidden />}
          disabled={!canDiscard}
          onClick={() => perform(trainingActions.discardTraining)}
        >
          {texts.discard}
        </Button>
      </div>
      {history.length > 1 && <LazyCurves history={history} unit="epoch" table={false} />}
    </section>
  )
}
