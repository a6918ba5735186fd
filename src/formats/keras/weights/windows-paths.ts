import type { Hdf5File } from '../../hdf5/types'
import { joined } from './stored-dataset'

/** How the name of a layer's group begins where Keras 2.12 and 2.13 wrote it on Windows. */
const writtenOnWindows = /^(layers|_layer_checkpoint_dependencies)\\/

/**
 * The same file with groups within groups where it has one group with the name of the whole path, `layers\dense`: Keras
 * joined paths as the system does, and HDF5 knows slashes only. Other files stay as they are.
 * Throws CutpointError `bad-hdf5` where one of its groups cannot be read.
 */
export function withFolders(file: Hdf5File): Hdf5File {
  if (!file.names('/').some((name) => writtenOnWindows.test(name))) return file
  const names = new Map<string, Set<string>>()
  const paths = new Map<string, string>()
  const visit = (path: string, folder: string): void => {
    paths.set(folder, path)
    for (const name of file.names(path)) {
      let inside = folder
      for (const part of name.split('\\')) {
        names.set(inside, (names.get(inside) ?? new Set()).add(part))
        inside = joined(inside, part)
      }
      visit(joined(path, name), inside)
    }
  }
  visit('/', '/')
  // A folder that is no group of the file's has nothing but what is in it.
  const stored = (folder: string): string => paths.get(folder) ?? folder
  return {
    names: (folder) => [...(names.get(folder) ?? [])],
    text: (folder, name) => file.text(stored(folder), name),
    texts: (folder, name) => file.texts(stored(folder), name),
    dataset: (path) => file.dataset(stored(path)),
    close: () => file.close(),
  }
}
