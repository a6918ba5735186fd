import { lastStep, redo, undo, undoneStep } from '../store/history/undo'
import { actionTexts as texts } from '../texts/page/actions'
import { undoTexts } from '../texts/undo'
import { listed } from './define'

/** Back and forth in what was done to cuts, labels, photos and layers. */
export const historyActions = {
  undo: listed({
    title: (state) => undoTexts.undoWhat(lastStep(state)?.what ?? null),
    group: 'edit',
    keys: { place: 'workbench', keys: ['Mod+Z'], help: texts.keys.undo, always: true, notInText: true },
    enabled: (state) => lastStep(state) !== null,
    run: undo,
  }),
  redo: listed({
    title: (state) => undoTexts.redoWhat(undoneStep(state)?.what ?? null),
    group: 'edit',
    keys: { place: 'workbench', keys: ['Mod+Shift+Z', 'Mod+Y'], help: texts.keys.redo, always: true, notInText: true },
    enabled: (state) => undoneStep(state) !== null,
    run: redo,
  }),
}
