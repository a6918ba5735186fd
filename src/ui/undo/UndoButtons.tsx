import { Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { useStore } from '../../store/state/state'
import type { UndoStep } from '../../store/state/types'
import { lastStep, redo, undo, undoneStep } from '../../store/history/undo'
import { undoTexts as texts } from '../../texts/undo'
import { Button } from '../common/Button'
import { commandKey } from '../common/keys'

/** Takes the last change back, whatever it was, and does it again. */
export function UndoButtons(): ReactNode {
  const done = useStore(lastStep)
  const undone = useStore(undoneStep)
  return (
    <>
      <Button
        look="quiet"
        data-undo
        disabled={done === null}
        icon={<Undo2 size={16} aria-hidden />}
        {...undoProps(done)}
      />
      <Button look="quiet" disabled={undone === null} icon={<Redo2 size={16} aria-hidden />} {...redoProps(undone)} />
    </>
  )
}

/** The same in words, each only where it is about changes of one kind. */
export function UndoButtonsOf({ kind }: { readonly kind: UndoStep['kind'] }): ReactNode {
  const done = useStore(lastStep)
  const undone = useStore(undoneStep)
  return (
    <>
      {done?.kind === kind && (
        <Button look="quiet" icon={<Undo2 size={16} aria-hidden />} {...undoProps(done)}>
          {texts.undo}
        </Button>
      )}
      {undone?.kind === kind && (
        <Button look="quiet" icon={<Redo2 size={16} aria-hidden />} {...redoProps(undone)}>
          {texts.redo}
        </Button>
      )}
    </>
  )
}

/** What an undo button says and does. */
function undoProps(step: UndoStep | null) {
  const name = texts.undoWhat(step?.what ?? null)
  return { 'aria-label': name, title: `${name} (${commandKey}Z)`, onClick: () => attempt(undo) }
}

/** What a redo button says and does. */
function redoProps(step: UndoStep | null) {
  const name = texts.redoWhat(step?.what ?? null)
  return { 'aria-label': name, title: `${name} (${commandKey}Shift+Z)`, onClick: () => attempt(redo) }
}
