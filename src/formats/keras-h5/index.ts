import { recognise } from '../recognise'
import { isPartOfArchive } from '../keras-zip/archive'
import type { Format, SourceFile } from '../types'
import { readKerasH5 } from './read'

/** Keras models in HDF5, as `model.save("….h5")` of Keras 1, 2 and 3 writes them. */
export const kerasH5: Format = {
  id: 'keras-h5',
  label: 'Keras model (.h5)',
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) {
      if (!isPartOfArchive(file, files) && (await recognise(file)) === 'hdf5') found.push(file)
    }
    return found
  },
  read: readKerasH5,
}
