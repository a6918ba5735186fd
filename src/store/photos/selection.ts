import { create } from 'zustand'
import { getState, useStore } from '../state/state'

interface Selected {
  /** Ids of photos, of any labels. */
  readonly ids: ReadonlySet<string>
  /** Whether the user has asked where to move them. */
  readonly moving: boolean
}

const nothing: Selected = { ids: new Set(), moving: false }

/** The photos that are selected, to be moved, pinned or deleted together. */
export const useSelection = create<Selected>(() => nothing)

/** Ids of the selected photos, of any labels. */
export const selectedIds = (): ReadonlySet<string> => useSelection.getState().ids

/** Selects these photos and no others. */
export const select = (ids: Iterable<string>): void => useSelection.setState({ ids: new Set(ids) })

/** Selects a photo beside those that are, or no longer. */
export const toggleSelected = (id: string): void => {
  const ids = new Set(selectedIds())
  if (!ids.delete(id)) ids.add(id)
  useSelection.setState({ ids })
}

/** Selects no photo, and no longer asks where to move any. */
export const clearSelection = (): void => useSelection.setState(nothing)

/** Asks where to move what is selected, or is done with that. */
export const askWhere = (moving: boolean): void => useSelection.setState({ moving })

/** The selected photos in the order in which they are shown. */
export const selectedInOrder = (): string[] =>
  getState().photos.flatMap(({ id }) => (selectedIds().has(id) ? [id] : []))

/** Takes photos that are gone out of the selection from now on. */
export function startDeselecting(): void {
  useStore.subscribe(({ photos }, before) => {
    const ids = selectedIds()
    if (photos === before.photos || ids.size === 0) return
    const left = photos.filter(({ id }) => ids.has(id))
    if (left.length < ids.size) select(left.map(({ id }) => id))
  })
}
