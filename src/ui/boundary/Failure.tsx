import { CircleAlert } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { asCutpointError, CutpointError } from '../../errors'
import type { Step } from '../../steps'
import { boundaryTexts as texts } from '../../texts/page/boundary'
import { Button } from '../common/Button'
import styles from './Failure.module.css'

export interface FailureProps {
  /** What cannot be shown, as the subject of a sentence. */
  readonly what: string
  /** In place of what failed, as the whole page, or in a dialog of its own. */
  readonly look: 'place' | 'page' | 'dialog'
  /** The station whose place it takes. */
  readonly station?: Step
  readonly error: unknown
  readonly onRetry: () => void
  readonly onClose?: () => void
}

/** Tells that a part of the page could not be fetched or shown, with what to do. */
export function Failure({ what, look, station, error, onRetry, onClose }: FailureProps): ReactNode {
  const told = tellingOf(what, look, error)
  const body = (
    <>
      <h2>
        <CircleAlert size={18} aria-hidden /> {told.title}
      </h2>
      <p>{told.text}</p>
      {told.reason !== null && (
        <details>
          <summary>{texts.reason}</summary>
          <code>{told.reason}</code>
        </details>
      )}
      <div className={styles.buttons}>
        <Button look="primary" onClick={onRetry}>
          {texts.tryAgain}
        </Button>
        <Button onClick={() => location.reload()}>{texts.reload}</Button>
        {onClose && <Button onClick={onClose}>{texts.close}</Button>}
      </div>
    </>
  )
  if (look === 'dialog') {
    return (
      <FailureDialog label={told.title} code={told.code} onClose={onClose}>
        {body}
      </FailureDialog>
    )
  }
  return (
    <section className={styles.failure} data-look={look} data-code={told.code} data-station={station} role="alert">
      {body}
    </section>
  )
}

interface FailureDialogProps {
  readonly label: string
  readonly code: string
  readonly onClose: FailureProps['onClose']
  readonly children: ReactNode
}

function FailureDialog({ label, code, onClose, children }: FailureDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // Not showModal alone: where that is what failed, it is told all the same.
    try {
      dialog.current?.showModal()
    } catch {
      dialog.current?.setAttribute('open', '')
    }
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={label} data-code={code} onClose={onClose}>
      <div className={styles.failure} data-look="dialog" role="alert">
        {children}
      </div>
    </dialog>
  )
}

function tellingOf(what: string, look: FailureProps['look'], error: unknown) {
  const { code, message, next } = asCutpointError(error)
  if (error instanceof CutpointError) return { code, title: message, text: next, reason: null }
  const text = look === 'page' ? texts.pageNext : texts.failedNext
  return { code, title: texts.failed(what), text, reason: error instanceof Error ? error.message : String(error) }
}
