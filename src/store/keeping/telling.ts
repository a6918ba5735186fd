import { keepingTexts } from '../../texts/page/keeping'
import { dismiss, tell } from '../page/notices'
import { askStartFresh } from '../page/start-fresh'
import type { KeepingState, KeptNetwork } from '../state/types'

/** Why something is not kept. */
export type Trouble = NonNullable<KeepingState['why']>

let told: string | null = null

/** Tells why nothing is kept, in place of the notice before, and offers to try again where that is possible. */
export function tellTrouble(why: Trouble, tryAgain: (() => void) | null): void {
  if (told !== null) dismiss(told)
  const [title, text] = keepingTexts.trouble[why]
  told = tell({
    kind: tryAgain ? 'error' : 'remark',
    title,
    text,
    stays: true,
    ...(tryAgain && { action: { label: keepingTexts.tryAgain, run: tryAgain } }),
  })
}

/** Tells that all is kept again. */
export function clearTrouble(): void {
  if (told === null) return
  dismiss(told)
  told = null
  tell({ kind: 'remark', title: keepingTexts.keptAgainTitle, text: keepingTexts.keptAgainText })
}

/** Tells that the last visit's photos were added to what was begun. */
export function tellTaken(photos: number, labels: number): void {
  tell({
    kind: 'remark',
    title: keepingTexts.takenTitle(photos, labels),
    text: keepingTexts.takenText,
    action: { label: keepingTexts.startFresh, run: askStartFresh },
  })
}

/** Tells that another network took the place of this one, if it has a cut or heads to go back to. */
export function tellLeft({ model, headOrder, cut }: KeptNetwork, goBack: (key: string) => void): void {
  if (headOrder.length === 0 && !cut) return
  tell({
    kind: 'remark',
    title: keepingTexts.leftTitle(model.name, headOrder.length),
    text: keepingTexts.leftText,
    action: { label: keepingTexts.goBack, run: () => goBack(model.key) },
  })
}

/** Tells that a network was deleted to make room for another, if it had heads. */
export function tellDropped({ model, headOrder }: KeptNetwork, most: number): void {
  if (headOrder.length === 0) return
  const title = keepingTexts.droppedTitle(model.name, headOrder.length)
  tell({ kind: 'remark', title, text: keepingTexts.droppedText(most), stays: true })
}

/** Tells that some records cannot be read; they stay on disk as they are. */
export function tellLeftOut(title: string): void {
  tell({ kind: 'remark', title, text: keepingTexts.leftOutText, stays: true })
}

/** Tells that photos were removed because their files are no longer there. */
export function tellLost(photos: number): void {
  tell({ kind: 'error', title: keepingTexts.lostTitle(photos), text: keepingTexts.lostText, stays: true })
}

/** Tells that all that was kept is gone, with the files of so many photos. */
export function tellCleared(photos: number): void {
  const text = photos === 0 ? keepingTexts.clearedText : keepingTexts.clearedPhotosText(photos)
  tell({ kind: 'error', title: keepingTexts.clearedTitle, text, stays: true })
}
