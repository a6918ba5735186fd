import { useEffect, useId, useRef, type ReactNode } from 'react'
import { attempt, tell } from '../../store/notices'
import { reset } from '../../store/reset'
import { answerStartFresh, useStartFresh } from '../../store/start-fresh'
import { keepingTexts } from '../../texts/keeping'
import { Button } from '../common/Button'
import styles from './StartFreshDialog.module.css'

/** Asks once before all that is kept in this browser is deleted. */
export function StartFreshDialog(): ReactNode {
  const asking = useStartFresh((state) => state.asking)
  return asking ? <Question /> : null
}

function Question(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={answerStartFresh}>
      <h2 id={title}>{keepingTexts.freshTitle}</h2>
      <p>{keepingTexts.freshText}</p>
      <div className={styles.buttons}>
        <Button autoFocus onClick={() => dialog.current?.close()}>
          {keepingTexts.freshNo}
        </Button>
        <Button
          className={styles.delete}
          onClick={() => {
            dialog.current?.close()
            attempt(startFresh)
          }}
        >
          {keepingTexts.freshYes}
        </Button>
      </div>
    </dialog>
  )
}

async function startFresh(): Promise<void> {
  await reset()
  tell({ kind: 'remark', title: keepingTexts.freshDone, text: keepingTexts.freshDoneText })
}
