import type { CutpointError } from '../../errors'
import { workerTexts } from '../../texts/page/workers'
import { tellOnce, untell } from '../page/notices'

/** Tells that a worker died, and that another takes its place. */
export function tellDied({ code }: CutpointError): void {
  // Not started again: whoever needs it is told.
  if (code === 'part-unreachable') return
  tellOnce('worker-died', { kind: 'remark', title: workerTexts.diedTitle, text: workerTexts.diedText })
}

/** A worker that does not answer may be at hard work: whether it is ended is for the user to say. */
export function tellSilent(
  which: keyof typeof workerTexts.silentTitle,
  silent: boolean,
  restart: () => Promise<void>,
): void {
  const key = `silent-${which}`
  if (!silent) return untell(key)
  tellOnce(key, {
    kind: 'remark',
    title: workerTexts.silentTitle[which],
    text: workerTexts.silentText,
    stays: true,
    action: { label: workerTexts.startAgain, run: () => void restart() },
  })
}
