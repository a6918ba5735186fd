import type { Hdf5Dataset } from '../../hdf5/types'
import { describe, describeLater, type StoredWeight } from '../../weights/store'

/** A dataset as a weight, read when it is needed. */
export function storedWeight(name: string, dataset: Hdf5Dataset): StoredWeight {
  const spec = { name, ...dataset.spec }
  return dataset.small ? describe(spec, dataset.small) : describeLater(spec, dataset.bytes, () => dataset.read())
}

/** Groups one in the other. */
export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}
