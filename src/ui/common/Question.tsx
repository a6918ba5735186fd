import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './Button'
import styles from './Question.module.css'

interface QuestionAnswer {
  readonly text: string
  readonly look?: 'primary' | 'danger'
  /** Has the focus first. */
  readonly first?: boolean
  /** Does something beside the question, which stays open. */
  readonly stays?: boolean
  readonly choose?: () => void
}

interface QuestionProps {
  readonly title: string
  readonly text: string
  readonly answers: readonly QuestionAnswer[]
  /** However it was closed. */
  readonly onClose: () => void
}

/** A dialog that asks before something is done, open for as long as it is there. */
export function Question({ title, text, answers, onClose }: QuestionProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <p>{text}</p>
      <div className={styles.buttons}>
        {answers.map((answer) => (
          <Button
            key={answer.text}
            look={answer.look === 'primary' ? 'primary' : 'plain'}
            className={answer.look === 'danger' ? styles.danger : undefined}
            autoFocus={answer.first}
            onClick={() => {
              answer.choose?.()
              if (!answer.stays) dialog.current?.close()
            }}
          >
            {answer.text}
          </Button>
        ))}
      </div>
    </dialog>
  )
}
