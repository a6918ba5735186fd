import { FolderOpen, Moon, Sun, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { openFiles } from '../../store/intake'
import { cancelJob } from '../../store/jobs'
import { attempt } from '../../store/notices'
import { useStore, type Job } from '../../store/state'
import { toggleTheme, useTheme } from '../../store/theme'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { formatBytes } from '../common/format'
import { BackendMenu } from './BackendMenu'
import styles from './Header.module.css'

/** The top of the page: what is open, what runs, on what, and light or dark. */
export function Header(): ReactNode {
  const name = useStore((state) => state.graph?.name ?? null)
  return (
    <header className={styles.header}>
      <span className={styles.brand}>
        <img src="./icon.svg" alt="" width="26" height="26" />
        Cutpoint
      </span>
      {name !== null && (
        <span className={styles.model} title={name}>
          {name}
        </span>
      )}
      {name !== null && (
        <FilePicker
          look="quiet"
          icon={<FolderOpen size={16} aria-hidden />}
          label="Open another model"
          onPick={(files) => void openFiles(files)}
        >
          <span className={styles.wide}>Open</span>
        </FilePicker>
      )}
      <JobBar />
      <span className={styles.end}>
        <BackendMenu />
        <ThemeButton />
      </span>
    </header>
  )
}

/** The job that runs, how far it is, and a way to stop it. */
function JobBar(): ReactNode {
  const job = useStore((state) => state.jobs.at(-1) ?? null)
  if (!job) return <span className={styles.job} />
  const share = job.total > 0 ? job.done / job.total : null
  return (
    <div className={styles.job} role="status" aria-live="polite">
      <div className={styles.progress}>
        <span className={styles.what}>
          {job.cancelling ? 'Stopping …' : job.what}
          {job.total > 0 && ` · ${amount(job)}`}
        </span>
        <progress aria-label={job.what} {...(share === null ? {} : { value: share, max: 1 })} />
      </div>
      <Button
        look="quiet"
        icon={<X size={16} aria-hidden />}
        disabled={job.cancelling}
        onClick={() => attempt(() => cancelJob(job.id))}
      >
        Cancel
      </Button>
    </div>
  )
}

const amount = ({ done, total, unit }: Job): string =>
  unit === 'bytes' ? `${formatBytes(done)} of ${formatBytes(total)}` : `${done} of ${total}`

function ThemeButton(): ReactNode {
  const dark = useTheme((state) => state.dark)
  return (
    <Button
      look="quiet"
      aria-label={dark ? 'Use light colours' : 'Use dark colours'}
      icon={dark ? <Sun size={17} aria-hidden /> : <Moon size={17} aria-hidden />}
      onClick={toggleTheme}
    />
  )
}
