import { asBadHdf5, badHdf5, isTrap } from './bad-hdf5'
import { hdf5Module, type OpenFile } from './library'
import { mount } from './mount'
import { watchReads } from './reads'
import type { Alive, Hdf5Index, Hdf5Source } from './types'
import { readValues } from './values'
import { walk } from './walk'

/** An HDF5 file that is open in this thread. */
export interface OpenHere {
  readonly index: Hdf5Index
  /** The values of a dataset of the index. Throws CutpointError `bad-hdf5`. */
  readonly read: (path: string) => Uint8Array<ArrayBuffer>
  readonly close: () => void
}

/**
 * Opens an HDF5 file in this thread and walks through it; `source.data` is taken over. Damaged files can keep libhdf5
 * busy for ever: whoever waits counts on `alive`, which is called first when the library is there. Throws CutpointError
 * `bad-hdf5`; `trapped` is called if the library must not be used any more.
 */
export async function openHere(source: Hdf5Source, alive: Alive, trapped: () => void): Promise<OpenHere> {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (isTrap(error)) trapped()
      throw asBadHdf5(source.path, error)
    }
  }
  const module = await hdf5Module()
  const { library } = module
  const reads = watchReads(source, alive)
  reads.step(1)
  const mounted = await mount(library, source.data, reads)
  let id = 0n
  const close = (): void => {
    if (id > 0n) library.close_file(id)
    mounted.unmount()
  }
  try {
    id = guarded(() => library.open(mounted.path, library.H5F_ACC_RDONLY, false, -1, -1))
    if (id <= 0n) throw badHdf5(source.path, 'is damaged or cut off')
    const open: OpenFile = { ...module, id, source }
    return {
      index: guarded(() => walk(open, reads.step)),
      read: (path) => guarded(() => readValues(open, path, library.get_dataset_metadata(id, path), reads.step)),
      close: () => guarded(close),
    }
  } catch (error) {
    guarded(close)
    throw error
  }
}
