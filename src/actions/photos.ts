import { deletePhotos, movePhotos, pinPhotos } from '../store/photos/photos'
import { askWhere, clearSelection, selectedIds, selectedInOrder } from '../store/photos/selection'
import { getState } from '../store/state/state'
import { actionTexts } from '../texts/page/actions'
import { photoTexts } from '../texts/photos/photos'
import type { Part } from '../types'
import { action, always, titled } from './define'
import type { Pressed } from './keys'
import type { Action } from './types'

const keyTexts = actionTexts.keys
const texts = photoTexts.selection

/** What the photos of a label can do at the one that has the keyboard. */
export interface AtPhoto {
  /** Goes where a key leads; `extend` selects all up to there. */
  readonly walk: (key: string, extend: boolean) => void
  readonly toggle: () => void
  readonly selectAll: () => void
  /** Selects the one with the keyboard, unless some are selected. */
  readonly selectIfNone: () => void
}

/** What keys do at a photo; some of it is in menus, too. */
type PhotoAction = Action<[AtPhoto, Pressed]>

const ways = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']

const hasSelected = (): boolean => selectedIds().size > 0

/** What keys do at the photo that has the keyboard. */
export const photoActions = {
  // Before those without Shift, which fit as well.
  extendSelection: action<[AtPhoto, Pressed]>({
    keys: { place: 'photos', keys: ways.map((key) => `Mod?+Shift+${key}`), help: keyTexts.extend },
    enabled: always,
    run: (at, { key }: Pressed) => at.walk(key, true),
  }),
  walkPhotos: action<[AtPhoto, Pressed]>({
    keys: { place: 'photos', keys: ways.map((key) => `Mod?+${key}`), help: keyTexts.walkPhotos },
    enabled: always,
    run: (at, { key }: Pressed) => at.walk(key, false),
  }),
  selectPhoto: action<[AtPhoto, Pressed]>({
    keys: { place: 'photos', keys: ['Mod?+Space'], help: keyTexts.select },
    enabled: always,
    run: (at) => at.toggle(),
  }),
  selectAllPhotos: action<[AtPhoto, Pressed]>({
    keys: { place: 'photos', keys: ['Mod+Shift?+A'], help: keyTexts.selectAll },
    enabled: always,
    run: (at) => at.selectAll(),
  }),
  movePhotos: titled<[at?: AtPhoto]>({
    title: () => texts.move,
    keys: { place: 'photos', keys: ['M'], help: keyTexts.move },
    enabled: (_, at) => at !== undefined || hasSelected(),
    run: (at) => {
      at?.selectIfNone()
      if (hasSelected()) askWhere(true)
    },
  }),
  deletePhotos: titled<[at?: AtPhoto]>({
    title: () => texts.delete,
    keys: { place: 'photos', keys: ['Delete', 'Backspace'], help: keyTexts.delete },
    enabled: (_, at) => at !== undefined || hasSelected(),
    run: (at) => {
      at?.selectIfNone()
      deletePhotos(selectedInOrder())
    },
  }),
  clearSelection: titled({
    title: () => texts.clear,
    keys: { place: 'photos', keys: ['Escape'], help: keyTexts.selectNothing },
    enabled: hasSelected,
    run: () => {
      if (hasSelected()) clearSelection()
    },
  }),
} satisfies Readonly<Record<string, PhotoAction>>

/** What menus do with the photos that are selected. */
export const selectionActions = {
  movePhotosTo: titled<[label: string]>({
    title: (_, label) => label,
    enabled: hasSelected,
    run: (label) => movePhotos(selectedInOrder(), label),
  }),
  movePhotosToNew: titled({
    title: () => texts.newLabel,
    enabled: hasSelected,
    run: () => movePhotos(selectedInOrder(), freeName()),
  }),
  pinPhotos: titled<[part: Part | null]>({
    title: (_, part) => texts.parts[part ?? 'automatic'],
    enabled: hasSelected,
    run: (part) => pinPhotos(selectedInOrder(), part),
  }),
}

/** A name for a label that no other has. */
function freeName(): string {
  const { labels } = getState()
  let number = labels.length + 1
  while (labels.includes(photoTexts.nthLabel(number))) number++
  return photoTexts.nthLabel(number)
}
