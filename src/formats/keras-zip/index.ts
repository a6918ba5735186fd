import { fileName } from '../source'
import type { Format } from '../types'
import { configName, isPartOfArchive } from './archive'
import { readKerasZip } from './read'

/** Keras 3's own format, a zip that is unpacked already: its configuration beside its weights. */
export const kerasZip: Format = {
  id: 'keras',
  label: 'Keras model (.keras)',
  match: (files) =>
    Promise.resolve(files.filter((file) => fileName(file.path) === configName && isPartOfArchive(file, files))),
  read: readKerasZip,
}
