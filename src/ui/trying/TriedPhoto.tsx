import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import type { Tried } from '../../store/state/types'
import { addTried, removeTried } from '../../store/training/tried'
import { tryTexts as texts } from '../../texts/training/try'
import { Bars } from './Bars'
import { Correction } from './Correction'
import styles from './trying.module.css'

/** A photo that was tried, what the head says of it, and the way to put it right. */
export function TriedPhoto({ entry }: { readonly entry: Tried }): ReactNode {
  return (
    <li className={styles.entry}>
      <div className={styles.photo}>
        <img src={entry.url} alt={entry.name} />
        <button type="button" aria-label={texts.remove(entry.name)} onClick={() => removeTried(entry.id)}>
          <X size={13} aria-hidden />
        </button>
      </div>
      <div className={styles.answer}>
        <Bars predictions={entry.predictions} />
        <Correction
          predictions={entry.predictions}
          addedTo={entry.addedTo}
          onPick={(label) => attempt(() => addTried(entry.id, label))}
        />
      </div>
    </li>
  )
}
