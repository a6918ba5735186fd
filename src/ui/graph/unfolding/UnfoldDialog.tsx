import type { ReactNode } from 'react'
import { Question } from '../../common/Question'
import { mostAtOnce } from './unfolding'

interface UnfoldDialogProps {
  /** What is to be unfolded, as a reader calls it. */
  readonly what: string
  readonly boxes: number
  readonly onUnfold: () => void
  readonly onClose: () => void
}

const number = new Intl.NumberFormat('en')

/** Asks before thousands of boxes are drawn, and refuses where no one could use them. */
export function UnfoldDialog({ what, boxes, onUnfold, onClose }: UnfoldDialogProps): ReactNode {
  const possible = boxes <= mostAtOnce
  return (
    <Question
      title={possible ? `Unfold ${number.format(boxes)} boxes?` : 'Too much to unfold at once'}
      text={
        possible
          ? `Unfolding all of ${what} takes some seconds, and only a part of it will be legible at a time.`
          : `${capital(what)} would be ${number.format(boxes)} boxes; up to ${number.format(mostAtOnce)} can be drawn. Select a smaller group, or search for what you look for.`
      }
      answers={[
        ...(possible ? [{ text: 'Unfold', look: 'primary' as const, choose: onUnfold }] : []),
        { text: possible ? 'Leave it' : 'Close' },
      ]}
      onClose={onClose}
    />
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
