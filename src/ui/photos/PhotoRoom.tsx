import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { TakeFiles } from '../../store/photo-intake/add-files'
import { useStore } from '../../store/state/state'
import { photoTexts } from '../../texts/photos/photos'
import { Button } from '../common/Button'
import { useDrop } from '../common/useDrop'
import { WhenNear } from '../common/WhenNear'
import { undoByKey } from '../keys/undo-by-key'
import { UndoButtons } from '../undo/UndoButtons'
import { LabelCard } from './LabelCard'
import { NewLabel } from './NewLabel'
import styles from './PhotoRoom.module.css'
import { SelectionBar } from './SelectionBar'
import { useKeepFocus } from './useKeepFocus'

const texts = photoTexts.room

interface PhotoRoomProps {
  readonly take: TakeFiles
  readonly onClose: () => void
}

/** All labels side by side over the whole window, to sort many photos in. */
export function PhotoRoom({ take, onClose }: PhotoRoomProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const labels = useStore((state) => state.labels)
  const { over, handlers } = useDrop(take)
  useEffect(() => dialog.current?.showModal(), [])
  useKeepFocus(dialog)
  return (
    <dialog
      ref={dialog}
      className={styles.room}
      aria-labelledby="photo-room-title"
      data-over={over}
      onClose={onClose}
      onKeyDown={undoByKey}
      {...handlers}
    >
      <header className={styles.header}>
        <h2 id="photo-room-title">{texts.title}</h2>
        <p>{texts.help}</p>
        <div className={styles.tools}>
          <UndoButtons />
          <NewLabel />
        </div>
        <Button
          look="quiet"
          icon={<X size={18} aria-hidden />}
          aria-label={texts.close}
          title={texts.close}
          onClick={() => dialog.current?.close()}
        />
      </header>
      <div className={styles.labels}>
        {labels.map((label) => (
          <WhenNear as="div" key={label} className={styles.column} estimate={0}>
            {() => <LabelCard label={label} size="wide" />}
          </WhenNear>
        ))}
      </div>
      <SelectionBar />
    </dialog>
  )
}
