import type { ReactNode } from 'react'
import { useStore } from '../../store/state'
import { formatCount } from '../common/format'
import styles from './Waiting.module.css'

/** In place of the stations while a graph is drawn whose shapes, costs and cuts are not known yet. */
export function Waiting(): ReactNode {
  const operations = useStore((state) => state.graph?.overview.operations ?? 0)
  return (
    <div className={styles.waiting} role="status">
      <h2>Working out shapes, costs and cuts</h2>
      <p>
        {operations > 0 && `${formatCount(operations)} operations. `}
        The graph can be looked at meanwhile.
      </p>
      <span aria-hidden />
    </div>
  )
}
