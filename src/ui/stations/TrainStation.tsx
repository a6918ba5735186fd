import { GraduationCap } from 'lucide-react'
import type { ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { useStore, type State } from '../../store/state/state'
import { isRetraining } from '../../store/training/auto-train'
import { currentReport, isOutOfDate } from '../../store/training/trained-on'
import { missingToTrain } from '../../store/training/missing'
import { isOfNow } from '../../store/training/paused'
import { boundaryTexts } from '../../texts/page/boundary'
import { trainTexts as texts } from '../../texts/training/train'
import { Boundary } from '../boundary/Boundary'
import { Button } from '../common/Button'
import { formatPercent } from '../common/format'
import { AutoSwitch } from '../heads/AutoSwitch'
import { HeadSettings } from '../heads/HeadSettings'
import { HeadTable } from '../heads/HeadTable'
import { PausedTraining } from '../heads/PausedTraining'
import { LiveCurves } from '../report/curves/LiveCurves'
import { evaluation } from '../report/views'
import { Report } from './Report'
import { Station } from './Station'
import styles from './Station.module.css'

/** Trains heads, says how well they do, and lets them be compared. */
export function TrainStation(): ReactNode {
  const report = useStore(currentReport)
  const outdated = useStore((state) => isOutOfDate(state) && !isRetraining(state))
  const says = useStore(standing)
  const canTrain = useStore(actions.train.enabled)
  const missing = useStore(missingToTrain)
  const busy = useStore((state) => state.jobs.length > 0)
  // One click goes on with it: the other button begins another in its place.
  const isPaused = useStore(isOfNow)
  // What a report tells is told by photos that are there.
  const withoutPhotos = useStore((state) => state.photos.length === 0)
  const shown = withoutPhotos ? null : report
  return (
    <Station name="train" title={texts.title} icon={GraduationCap} state={says} done={report !== null && !outdated}>
      <Button look={isPaused ? 'plain' : 'primary'} disabled={!canTrain || busy} onClick={() => perform(actions.train)}>
        {report === null ? texts.train : texts.trainAgain}
      </Button>
      {missing !== null && <p className={styles.hint}>{texts.missing[missing]}</p>}
      {report !== null && outdated && (
        <p className={styles.warning}>{withoutPhotos ? texts.withoutPhotos : texts.stale}</p>
      )}
      <PausedTraining />
      <LiveCurves />
      {shown !== null && (
        <Boundary what={boundaryTexts.parts.report} look="place" resetKey={shown}>
          <Report report={shown} />
        </Boundary>
      )}
      <HeadTable />
      {report !== null && <AutoSwitch />}
      <HeadSettings />
    </Station>
  )
}

/** Where the station stands, in a few words. */
function standing(state: State): string {
  const report = currentReport(state)
  if (report === null) return texts.states.none
  if (isRetraining(state)) return texts.states.retraining
  if (isOutOfDate(state)) return texts.states.stale
  const view = evaluation(report)
  return view ? formatPercent(view.right / view.images.length) : texts.states.notEvaluated
}
