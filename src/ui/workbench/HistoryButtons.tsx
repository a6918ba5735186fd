import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../../store/state/state'
import { back, canGoBack, canGoForward, forward } from '../../store/graph-view/view'
import { graphTexts } from '../../texts/model/graph'
import styles from './Workbench.module.css'

/** Back to where one was on the graph, and forward again; not there as long as there is nowhere to go. */
export function HistoryButtons(): ReactNode {
  const past = useStore(canGoBack)
  const future = useStore(canGoForward)
  if (!past && !future) return null
  return (
    <div className={styles.history} role="group" aria-label={graphTexts.places}>
      <button type="button" aria-label={graphTexts.back} title={graphTexts.backKeys} disabled={!past} onClick={back}>
        <ArrowLeft size={17} aria-hidden />
      </button>
      <button
        type="button"
        aria-label={graphTexts.forward}
        title={graphTexts.forwardKeys}
        disabled={!future}
        onClick={forward}
      >
        <ArrowRight size={17} aria-hidden />
      </button>
    </div>
  )
}
