import { Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { actions } from '../../actions'
import { useStore } from '../../store/state/state'
import type { UndoStep } from '../../store/state/types'
import { lastStep, undoneStep } from '../../store/history/undo'
import { undoTexts as texts } from '../../texts/undo'
import { Button } from '../common/Button'
import { useButton } from '../common/useButton'

/** Takes the last change back, whatever it was, and does it again. */
export function UndoButtons(): ReactNode {
  return (
    <>
      <Button look="quiet" data-undo icon={<Undo2 size={16} aria-hidden />} {...useButton(actions.undo)} />
      <Button look="quiet" icon={<Redo2 size={16} aria-hidden />} {...useButton(actions.redo)} />
    </>
  )
}

/** The same in words, each only where it is about changes of one kind. */
export function UndoButtonsOf({ kind }: { readonly kind: UndoStep['kind'] }): ReactNode {
  const done = useStore(lastStep)
  const undone = useStore(undoneStep)
  const undo = useButton(actions.undo)
  const redo = useButton(actions.redo)
  return (
    <>
      {done?.kind === kind && (
        <Button look="quiet" icon={<Undo2 size={16} aria-hidden />} {...undo}>
          {texts.undo}
        </Button>
      )}
      {undone?.kind === kind && (
        <Button look="quiet" icon={<Redo2 size={16} aria-hidden />} {...redo}>
          {texts.redo}
        </Button>
      )}
    </>
  )
}
