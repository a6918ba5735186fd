import { photosOf } from '../store/photos/label-summary'
import { deleteLabel, mergeLabels, moveLabel } from '../store/photos/labels'
import { select } from '../store/photos/selection'
import { getState, type State } from '../store/state/state'
import { photoTexts } from '../texts/photos/photos'
import { titled } from './define'

const texts = photoTexts.label

const isThere = ({ labels }: State, label: string): boolean => labels.includes(label)

/** Puts a label so many places further down, or up. */
const move = (label: string, by: 1 | -1): void => moveLabel(label, getState().labels.indexOf(label) + by)

/** What the menu of a label does. */
export const labelActions = {
  renameLabel: titled<[label: string, askName: () => void]>({
    title: () => texts.rename,
    enabled: isThere,
    run: (label, askName) => {
      if (isThere(getState(), label)) askName()
    },
  }),
  selectLabel: titled<[label: string]>({
    title: () => texts.selectAll,
    enabled: (state, label) => photosOf(state, label).length > 0,
    run: (label) => {
      const photos = photosOf(getState(), label)
      if (photos.length > 0) select(photos.map(({ id }) => id))
    },
  }),
  labelUp: titled<[label: string]>({
    title: () => texts.up,
    enabled: ({ labels }, label) => labels.indexOf(label) > 0,
    run: (label) => move(label, -1),
  }),
  labelDown: titled<[label: string]>({
    title: () => texts.down,
    enabled: ({ labels }, label) => labels.includes(label) && labels.at(-1) !== label,
    run: (label) => move(label, 1),
  }),
  mergeLabels: titled<[label: string, into: string]>({
    title: (_, __, into) => texts.mergeInto(into),
    enabled: ({ labels }, label, into) => label !== into && labels.includes(label) && labels.includes(into),
    run: mergeLabels,
  }),
  deleteLabel: titled<[label: string]>({ title: () => texts.delete, enabled: isThere, run: deleteLabel }),
}
