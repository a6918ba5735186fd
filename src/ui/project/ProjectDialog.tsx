import { useEffect, type ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { downloadProject, hasProject } from '../../store/projects/save-project'
import { leaveAsked, openAsked, useProjectAsked } from '../../store/projects/ask-project'
import { useStore } from '../../store/state/state'
import { projectTexts } from '../../texts/page/project'
import { Question } from '../common/Question'

/** Asks before a project file takes the place of what is there; and has the key that saves one. */
export function ProjectDialog(): ReactNode {
  const file = useProjectAsked((state) => state.file)
  const something = useStore(hasProject)
  useSaveKey()
  if (!file) return null
  return (
    <Question
      title={projectTexts.askTitle(file.path)}
      text={projectTexts.askText}
      answers={[
        { text: projectTexts.askOpen, look: 'primary', choose: openAsked },
        ...(something ? [{ text: projectTexts.askSave, stays: true, choose: () => attempt(downloadProject) }] : []),
        { text: projectTexts.askLeave },
      ]}
      onClose={leaveAsked}
    />
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
