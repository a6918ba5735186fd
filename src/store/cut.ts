import type { CutSummary } from '../types'
import { emit } from './events'
import { getState, setState } from './state'
import { computeWorker } from './workers'

/**
 * Cuts at one tensor or several. A name without `:0` means its first output. Throws CutpointError `no-such-tensor`,
 * with the nearest names, or `cannot-cut` with the reason.
 */
export async function cut(
  tensors: readonly string[],
  { remember = true }: { remember?: boolean } = {},
): Promise<CutSummary> {
  const names = tensors.map((tensor) => (/:\d+$/.test(tensor) ? tensor : `${tensor}:0`))
  const summary = await computeWorker().cut(names)
  setState(({ cut: before, pastCuts }) => ({
    cut: { summary },
    pastCuts: remember ? [...pastCuts, before?.summary.tensors ?? []] : pastCuts,
  }))
  emit('cut', summary)
  return summary
}

/** Goes back to the cut before this one, or to none where this was the first. */
export async function undoCut(): Promise<void> {
  const { pastCuts } = getState()
  const last = pastCuts.at(-1)
  if (!last) return
  if (last.length > 0) await cut(last, { remember: false })
  else await uncut()
  setState({ pastCuts: pastCuts.slice(0, -1) })
}

async function uncut(): Promise<void> {
  await computeWorker().uncut()
  setState({ cut: null })
}
