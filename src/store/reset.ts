import { cancelAll } from './jobs'
import { forgetModel } from './model'
import { getState, initialState, setState } from './state'
import { rebuildCompute } from './workers'

/** Ends all work and forgets model, photos and head; the measured backend stays. */
export async function reset(): Promise<void> {
  await cancelAll()
  const { tried, backend } = getState()
  tried.forEach((entry) => URL.revokeObjectURL(entry.url))
  forgetModel()
  setState({ ...initialState, backend: { ...backend, name: null, choice: 'auto' } })
  await rebuildCompute()
}
