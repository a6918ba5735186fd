import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from '../common/Button'
import { mostAtOnce } from './unfolding'
import styles from './UnfoldDialog.module.css'

interface UnfoldDialogProps {
  /** What is to be unfolded, as a reader calls it. */
  readonly what: string
  readonly boxes: number
  readonly onUnfold: () => void
  readonly onClose: () => void
}

const number = new Intl.NumberFormat('en')

/** Asks before thousands of boxes are drawn, and refuses where no one could use them. */
export function UnfoldDialog({ what, boxes, onUnfold, onClose }: UnfoldDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const possible = boxes <= mostAtOnce
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="unfold-title" onClose={onClose}>
      <h2 id="unfold-title">{possible ? `Unfold ${number.format(boxes)} boxes?` : 'Too much to unfold at once'}</h2>
      <p>
        {possible
          ? `Unfolding all of ${what} takes some seconds, and only a part of it will be legible at a time.`
          : `${capital(what)} would be ${number.format(boxes)} boxes; up to ${number.format(mostAtOnce)} can be drawn. Select a smaller group, or search for what you look for.`}
      </p>
      <div className={styles.buttons}>
        {possible && (
          <Button
            look="primary"
            onClick={() => {
              onUnfold()
              dialog.current?.close()
            }}
          >
            Unfold
          </Button>
        )}
        <Button onClick={() => dialog.current?.close()}>{possible ? 'Leave it' : 'Close'}</Button>
      </div>
    </dialog>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
