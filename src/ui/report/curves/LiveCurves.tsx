import type { ReactNode } from 'react'
import { useLiveHistory } from '../../../store/training/live-history'
import { pausedTexts } from '../../../texts/training/paused'
import styles from './Curves.module.css'
import { LazyCurves } from './LazyCurves'

/** How the training that runs has gone so far; nothing where none does that goes by epochs. */
export function LiveCurves(): ReactNode {
  const steps = useLiveHistory((state) => state.steps)
  const kept = useLiveHistory((state) => state.kept)
  // One point is no line.
  if (steps.length < 2) return null
  return (
    <>
      <LazyCurves history={steps} unit="epoch" table={false} />
      {kept === false && <p className={styles.unkept}>{pausedTexts.unkept}</p>}
    </>
  )
}
