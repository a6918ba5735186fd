import { useEffect, useRef, type ReactNode } from 'react'
import { attempt } from '../../store/notices'
import { downloadProject, hasProject } from '../../store/project'
import { leaveAsked, openAsked, useProjectAsked } from '../../store/project-ask'
import { useStore } from '../../store/state'
import { projectTexts } from '../../texts/project'
import { Button } from '../common/Button'
import styles from './ProjectMenu.module.css'

/** Asks before a project file takes the place of what is there; and has the key that saves one. */
export function ProjectDialog(): ReactNode {
  const file = useProjectAsked((state) => state.file)
  const something = useStore(hasProject)
  const dialog = useRef<HTMLDialogElement>(null)
  useSaveKey()
  useEffect(() => {
    if (file) dialog.current?.showModal()
    else dialog.current?.close()
  }, [file])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="project-title" onClose={leaveAsked}>
      {file && (
        <>
          <h2 id="project-title">{projectTexts.askTitle(file.path)}</h2>
          <p>{projectTexts.askText}</p>
          <div className={styles.buttons}>
            <Button look="primary" onClick={openAsked}>
              {projectTexts.askOpen}
            </Button>
            {something && <Button onClick={() => attempt(downloadProject)}>{projectTexts.askSave}</Button>}
            <Button onClick={leaveAsked}>{projectTexts.askLeave}</Button>
          </div>
        </>
      )}
    </dialog>
  )
}

/** Ctrl+S saves, wherever the keyboard is: the browser's own answer would be to save the page. */
function useSaveKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event
      if (key.toLowerCase() !== 's' || !(ctrlKey || metaKey) || altKey || shiftKey) return
      event.preventDefault()
      if (!repeat) attempt(downloadProject)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
