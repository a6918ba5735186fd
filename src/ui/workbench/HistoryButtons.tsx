import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../../store/state'
import { back, canGoBack, canGoForward, forward } from '../../store/view'
import styles from './Workbench.module.css'

/** Back to where one was on the graph, and forward again; not there as long as there is nowhere to go. */
export function HistoryButtons(): ReactNode {
  const past = useStore(canGoBack)
  const future = useStore(canGoForward)
  if (!past && !future) return null
  return (
    <div className={styles.history} role="group" aria-label="Places visited">
      <button type="button" aria-label="Back" title="Back (Alt+←)" disabled={!past} onClick={back}>
        <ArrowLeft size={17} aria-hidden />
      </button>
      <button type="button" aria-label="Forward" title="Forward (Alt+→)" disabled={!future} onClick={forward}>
        <ArrowRight size={17} aria-hidden />
      </button>
    </div>
  )
}
