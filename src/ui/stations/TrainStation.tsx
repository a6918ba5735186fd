import { GraduationCap } from 'lucide-react'
import type { ReactNode } from 'react'
import { attempt } from '../../store/notices'
import { drawnModel, useStore } from '../../store/state'
import { setOptions, train } from '../../store/training'
import { Button } from '../common/Button'
import { formatPercent } from '../common/format'
import { LiveCurves } from '../report/LiveCurves'
import { Report } from './Report'
import { Station } from './Station'
import styles from './Station.module.css'

/** Trains the head, and says how well it does. */
export function TrainStation(): ReactNode {
  const report = useStore((state) => state.report)
  const stale = useStore((state) => state.stale)
  const missing = useStore((state) =>
    whatIsMissing(drawnModel(state) !== null && state.cut !== null, state.labels.length, state.photos.length),
  )
  const busy = useStore((state) => state.jobs.length > 0)
  const shown = report?.accuracy[report.confusion.part] ?? null
  const state =
    report === null ? 'not trained' : stale ? 'out of date' : shown === null ? 'trained' : formatPercent(shown)
  return (
    <Station name="train" title="Train" icon={GraduationCap} state={state} done={report !== null && !stale}>
      <Button look="primary" disabled={missing !== null || busy} onClick={() => attempt(() => train())}>
        {report === null ? 'Train the head' : 'Train again'}
      </Button>
      {missing !== null && <p className={styles.hint}>{missing}</p>}
      {report !== null && stale && (
        <p className={styles.warning}>Something has changed since this head was trained. Train again to take it in.</p>
      )}
      <LiveCurves />
      {report !== null && <Report report={report} />}
      <Settings />
    </Station>
  )
}

function whatIsMissing(cut: boolean, labels: number, photos: number): string | null {
  if (!cut) return 'First cut the network.'
  if (labels < 2) return 'First make at least two labels.'
  return photos === 0 ? 'First add photos to the labels.' : null
}

const shares = [
  { value: '1', label: 'None: train on all photos' },
  { value: '0.9', label: 'One in ten' },
  { value: '0.8', label: 'One in five' },
  { value: '0.5', label: 'Half' },
]
const penalties = [0.0001, 0.001, 0.01, 0.1, 1]

function Settings(): ReactNode {
  const options = useStore((state) => state.options)
  const l2 = options.head.kind === 'linear' ? options.head.l2 : 0.01
  return (
    <details className={styles.details}>
      <summary>Settings</summary>
      <div>
        <label className={styles.field}>
          <span>Photos held out to judge with</span>
          <select
            value={String(options.split.train)}
            onChange={(event) => {
              const kept = Number(event.target.value)
              setOptions({ split: { train: kept, validation: 0, test: Math.round((1 - kept) * 100) / 100 } })
            }}
          >
            {!shares.some(({ value }) => value === String(options.split.train)) && (
              <option value={String(options.split.train)}>As set by script</option>
            )}
            {shares.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          <span>Penalty on large weights (λ): more is smoother</span>
          <select
            value={String(l2)}
            onChange={(event) => setOptions({ head: { kind: 'linear', l2: Number(event.target.value) } })}
          >
            {[...new Set([...penalties, l2])]
              .sort((a, b) => a - b)
              .map((value) => (
                <option key={value} value={String(value)}>
                  {value}
                </option>
              ))}
          </select>
        </label>
        <label className={styles.field}>
          <span>Labels with few photos</span>
          <select
            value={options.classWeights}
            onChange={(event) => setOptions({ classWeights: event.target.value === 'balanced' ? 'balanced' : 'none' })}
          >
            <option value="none">count as their photos do</option>
            <option value="balanced">count as much as the others</option>
          </select>
        </label>
      </div>
    </details>
  )
}
