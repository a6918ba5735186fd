import type { ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { downloadProject, hasProject } from '../../store/projects/save-project'
import { leaveAsked, openAsked, useProjectAsked } from '../../store/projects/ask-project'
import { useStore } from '../../store/state/state'
import { projectTexts } from '../../texts/page/project'
import { Question } from '../common/Question'

/** Asks before a project file takes the place of what is there. */
export function ProjectDialog(): ReactNode {
  const file = useProjectAsked((state) => state.file)
  const something = useStore(hasProject)
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
