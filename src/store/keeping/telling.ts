import { keepingTexts } from '../../texts/page/keeping'
import { dismiss, tell } from '../page/notices'
import { askStartFresh } from '../page/start-fresh'
import type { KeepingState, KeptNetwork } from '../state/types'

/** Why something is not kept. */
export type Trouble = NonNullable<KeepingState['why']>

let told: string | null = null

/** Says why nothing is kept, in place of what was said before, and offers to try again where there is a way to. */
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

/** All is kept again. */
export function clearTrouble(): void {
  if (told === null) return
  dismiss(told)
  told = null
  tell({ kind: 'remark', title: keepingTexts.keptAgainTitle, text: keepingTexts.keptAgainText })
}

/** Photos of last time were taken in beside what was begun. */
export function tellTaken(photos: number, labels: number): void {
  tell({
    kind: 'remark',
    title: keepingTexts.takenTitle(photos, labels),
    text: keepingTexts.takenText,
    action: { label: keepingTexts.startFresh, run: askStartFresh },
  })
}

/** Another network took the place of one that is kept, if there is something of it to go back to. */
export function tellLeft({ model, headOrder, cut }: KeptNetwork, goBack: (key: string) => void): void {
  if (headOrder.length === 0 && !cut) return
  tell({
    kind: 'remark',
    title: keepingTexts.leftTitle(model.name, headOrder.length),
    text: keepingTexts.leftText,
    action: { label: keepingTexts.goBack, run: () => goBack(model.key) },
  })
}

/** A network made room for another, if heads went with it. */
export function tellDropped({ model, headOrder }: KeptNetwork, most: number): void {
  if (headOrder.length === 0) return
  const title = keepingTexts.droppedTitle(model.name, headOrder.length)
  tell({ kind: 'remark', title, text: keepingTexts.droppedText(most), stays: true })
}

/** Records which are kept cannot be read; they stay on disk as they are. */
export function tellLeftOut(title: string): void {
  tell({ kind: 'remark', title, text: keepingTexts.leftOutText, stays: true })
}

/** Photos went, since their files are no longer there. */
export function tellLost(photos: number): void {
  tell({ kind: 'error', title: keepingTexts.lostTitle(photos), text: keepingTexts.lostText, stays: true })
}

/** What was kept is gone, with the files of so many photos. */
export function tellCleared(photos: number): void {
  const text = photos === 0 ? keepingTexts.clearedText : keepingTexts.clearedPhotosText(photos)
  tell({ kind: 'error', title: keepingTexts.clearedTitle, text, stays: true })
}
