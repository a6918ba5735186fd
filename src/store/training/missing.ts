import { drawnModel, type State } from '../state/state'

/** Whether there are photos of two labels or more among those that are trained on. */
export function hasTwoLabels(photos: State['photos']): boolean {
  const first = photos.find(({ part }) => part === 'train')
  return photos.some(({ part, label }) => part === 'train' && label !== first?.label)
}

/** What is missing before a head can be trained, the first thing first; null where nothing is. */
export function missingToTrain(state: State): 'cut' | 'picture' | 'labels' | 'photos' | null {
  if (drawnModel(state) === null || state.cut === null) return 'cut'
  if (state.preprocessing === null) return 'picture'
  if (state.labels.length < 2) return 'labels'
  return hasTwoLabels(state.photos) ? null : 'photos'
}
