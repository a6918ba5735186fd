import type { WeightSpec } from '../weights/store'

/** An HDF5 file while it is open. All throw CutpointError `bad-hdf5`. */
export interface Hdf5File {
  /** Names in a group, in the order of the file; none where there is no such group. */
  names(path: string): readonly string[]
  /** The text of an attribute; undefined where there is none. */
  text(path: string, name: string): string | undefined
  /** A list of texts, also one that was too long for one attribute and is split over `name0`, `name1`, …. */
  texts(path: string, name: string): readonly string[] | undefined
  /** A dataset of numbers; undefined where there is none. */
  dataset(path: string): Hdf5Dataset | undefined
  /** Whether datasets can be read until the file is closed without keeping a copy of all of it in memory. */
  readonly bySlices: boolean
  close(): void
}

export interface Hdf5Dataset {
  readonly spec: Omit<WeightSpec, 'name'>
  /** Bytes as stored, little-endian, row by row. */
  readonly bytes: number
  read(): Uint8Array
}
