import { Redo2, Undo2 } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useStore } from '../../store/state'
import { redoPhotos, redoWord, undoPhotos, undoWord } from '../../store/undo'
import { photoTexts as texts } from '../../texts/photos'
import { Button } from '../common/Button'
import { isTypedInto } from '../common/typing'

/** Takes changes of labels and photos back, and does them again. */
export function UndoButtons(): ReactNode {
  const undo = useStore(undoWord)
  const redo = useStore(redoWord)
  return (
    <>
      <Button
        look="quiet"
        data-undo
        disabled={undo === null}
        aria-label={texts.undo(undo)}
        title={`${texts.undo(undo)} (Ctrl+Z)`}
        icon={<Undo2 size={16} aria-hidden />}
        onClick={undoPhotos}
      />
      <Button
        look="quiet"
        disabled={redo === null}
        aria-label={texts.redo(redo)}
        title={`${texts.redo(redo)} (Ctrl+Shift+Z)`}
        icon={<Redo2 size={16} aria-hidden />}
        onClick={redoPhotos}
      />
    </>
  )
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y within the photos; fields that are typed into undo what was typed. */
export function undoByKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTypedInto(event.target)) return
  const key = event.key.toLowerCase()
  if (key !== 'z' && key !== 'y') return
  event.preventDefault()
  event.stopPropagation()
  if (key === 'y' || event.shiftKey) redoPhotos()
  else undoPhotos()
}
