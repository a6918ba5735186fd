import type { ReactNode } from 'react'
import { attempt, tell } from '../../store/page/notices'
import { reset } from '../../store/projects/reset'
import { answerStartFresh, useStartFresh } from '../../store/page/start-fresh'
import { keepingTexts } from '../../texts/page/keeping'
import { Question } from '../common/Question'

/** Asks once before all that is kept in this browser is deleted. */
export function StartFreshDialog(): ReactNode {
  const asking = useStartFresh((state) => state.asking)
  if (!asking) return null
  return (
    <Question
      title={keepingTexts.freshTitle}
      text={keepingTexts.freshText}
      answers={[
        { text: keepingTexts.freshNo, first: true },
        { text: keepingTexts.freshYes, look: 'danger', choose: () => attempt(startFresh) },
      ]}
      onClose={answerStartFresh}
    />
  )
}

async function startFresh(): Promise<void> {
  await reset()
  tell({ kind: 'remark', title: keepingTexts.freshDone, text: keepingTexts.freshDoneText })
}
