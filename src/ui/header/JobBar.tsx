import { Pause, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { jobActions } from '../../actions/page'
import { perform } from '../../actions/perform'
import { trainingActions } from '../../actions/training'
import { useStore } from '../../store/state/state'
import type { Job } from '../../store/state/types'
import { timeLeftText } from '../../store/workers/time-left'
import { headerTexts } from '../../texts/page/header'
import { pausedTexts } from '../../texts/training/paused'
import { Button } from '../common/Button'
import { formatBytes } from '../common/format'
import styles from './Header.module.css'

/** The job that runs, how far it is, how long it will take, and a way to stop it. */
export function JobBar(): ReactNode {
  const job = useStore((state) => state.jobs.at(-1) ?? null)
  const canCancel = useStore((state) => job !== null && jobActions.cancelJob.enabled(state, job.id))
  const canPause = useStore(trainingActions.pauseTraining.enabled)
  if (!job) return <span className={styles.job} />
  const share = job.total > 0 ? job.done / job.total : null
  return (
    <div className={styles.job} data-testid="job">
      <div className={styles.progress}>
        <span className={styles.what}>
          {/* Said once for each kind of work; the numbers would never end. */}
          <span role="status">{standing(job)}</span>
          {job.total > 0 && ` · ${amount(job)}`}
          {job.left !== null && !job.cancelling && ` · ${timeLeftText(job.left)}`}
        </span>
        <progress aria-label={job.what} {...(share === null ? {} : { value: share, max: 1 })} />
      </div>
      {(job.pausable || job.pausing) && (
        <Button
          look="quiet"
          icon={<Pause size={16} aria-hidden />}
          disabled={!canPause}
          onClick={() => perform(trainingActions.pauseTraining)}
        >
          {pausedTexts.pause}
        </Button>
      )}
      <Button
        look="quiet"
        icon={<X size={16} aria-hidden />}
        disabled={!canCancel}
        onClick={() => perform(jobActions.cancelJob, job.id)}
      >
        {headerTexts.cancel}
      </Button>
    </div>
  )
}

function standing({ what, cancelling, pausing }: Job): string {
  if (cancelling) return headerTexts.stopping
  return pausing ? pausedTexts.pausing : what
}

const amount = ({ done, total, unit }: Job): string =>
  unit === 'bytes' ? `${formatBytes(done)} of ${formatBytes(total)}` : `${done} of ${total}`
