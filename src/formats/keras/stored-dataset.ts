import type { Hdf5Dataset, Hdf5File } from '../hdf5/types'
import { describe, describeLater, isSmall, type StoredWeight } from '../weights/store'

/** A dataset as a weight; it is read when it is needed where the file can stay open for that. */
export function storedWeight(h5: Hdf5File, name: string, dataset: Hdf5Dataset): StoredWeight {
  const spec = { name, ...dataset.spec }
  if (!h5.bySlices || isSmall(spec)) return describe(spec, dataset.read())
  return describeLater(spec, dataset.bytes, () => Promise.resolve(dataset.read()))
}

/** Groups one in the other. */
export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}
