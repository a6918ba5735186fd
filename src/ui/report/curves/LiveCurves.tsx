import type { ReactNode } from 'react'
import { useLiveHistory } from '../../../store/training/live-history'
import { LazyCurves } from './LazyCurves'

/** How the training that runs has gone so far; nothing where none does that goes by epochs. */
export function LiveCurves(): ReactNode {
  const steps = useLiveHistory((state) => state.steps)
  // One point is no line.
  return steps.length > 1 ? <LazyCurves history={steps} unit="epoch" table={false} /> : null
}
