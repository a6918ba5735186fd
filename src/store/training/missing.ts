import { drawnModel, type State } from '../state/state'

/** Whether there are photos of two labels or more among those that are trained on. */
export function hasTwoLabels(photos: State['photos']): boolean {
  const first = photos.find(({ part }) => part === 'train')
  return photos.some(({ part, label }) => part === 'train' && label !== first?.label)
}

/** What is missing before cuts can be compared, the first thing first; null where nothing is. */
export function missingToAdvise(state: State): 'model' | 'picture' | 'labels' | 'photos' | null {
  const model = drawnModel(state)
  if (model === null) return 'model'
  if (state.preprocessing === null || model.summary.suggestedCut === null) return 'picture'
  if (!hasTwoLabels(state.photos)) return 'labels'
  return hasTwoToHoldOut(state.photos) ? null : 'photos'
}

/** Whether two labels have photos that can be held out while others of them are trained on. */
function hasTwoToHoldOut(photos: State['photos']): boolean {
  const ofLabels = new Map<string, Set<string>>()
  for (const { part, label, group, hash } of photos) {
    if (part === 'train') ofLabels.set(label, (ofLabels.get(label) ?? new Set()).add(group ?? hash))
  }
  return [...ofLabels.values()].filter((own) => own.size > 1).length > 1
}

/** What is missing before a head can be trained, the first thing first; null where nothing is. */
export function missingToTrain(state: State): 'cut' | 'picture' | 'labels' | 'photos' | null {
  if (drawnModel(state) === null || state.cut === null) return 'cut'
  if (state.preprocessing === null) return 'picture'
  if (state.labels.length < 2) return 'labels'
  return hasTwoLabels(state.photos) ? null : 'photos'
}
