import { cancelAll } from '../workers/jobs'
import { wipeKept } from '../keeping/keeping'
import { closeModel } from '../model/open-model'
import { getState, initialState, setState } from '../state/state'
import { clearCompute } from '../workers/workers'

/** Ends all work and forgets model, photos and heads, those on disk too; the measured backend stays. */
export async function reset(): Promise<void> {
  await cancelAll()
  await empty()
}

/** The same while something runs that is not ended by it. */
export async function empty(): Promise<void> {
  await wipeKept(() => {
    const { tried, backend, keeping } = getState()
    tried.forEach((entry) => URL.revokeObjectURL(entry.url))
    closeModel()
    setState({ ...initialState, keeping, backend: { ...backend, name: null, choice: 'auto' } })
  })
  await clearCompute()
}
