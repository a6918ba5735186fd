import { recognise } from '../recognise'
import type { Format, SourceFile } from '../types'
import { savedModelLabel } from './label'
import { readSavedModel } from './read'

/** TensorFlow SavedModels, as versions 1 and 2 and Keras write them. */
export const savedModel: Format = {
  id: 'saved-model',
  label: savedModelLabel,
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) if ((await recognise(file)) === 'saved-model') found.push(file)
    return found
  },
  read: readSavedModel,
}
