import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { actions } from '../../actions'
import { graphTexts } from '../../texts/model/graph'
import { useButton } from '../common/useButton'
import styles from './Workbench.module.css'

/** Back to where one was on the graph, and forward again; not there as long as there is nowhere to go. */
export function HistoryButtons(): ReactNode {
  const back = useButton(actions.back)
  const forward = useButton(actions.forward)
  if (back.disabled && forward.disabled) return null
  return (
    <div className={styles.history} role="group" aria-label={graphTexts.places}>
      <button type="button" {...back}>
        <ArrowLeft size={17} aria-hidden />
      </button>
      <button type="button" {...forward}>
        <ArrowRight size={17} aria-hidden />
      </button>
    </div>
  )
}
