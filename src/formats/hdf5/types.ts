import type { ErrorRecord } from '../../errors'
import type { WeightSpec } from '../weights/store'

/** What an HDF5 file holds, by path, but for the values of its datasets: plain data. */
export type Hdf5Index = ReadonlyMap<string, Hdf5Entry>

export type Hdf5Entry = Hdf5Group | Hdf5Values | Hdf5Damage

export interface Hdf5Group {
  readonly kind: 'group'
  /** In the order of the file. */
  readonly names: readonly string[]
  /** Those of the attributes asked for that are text, or lists of texts. */
  readonly texts: ReadonlyMap<string, string | readonly string[]>
}

export interface Hdf5Values {
  readonly kind: 'dataset'
  readonly spec: Omit<WeightSpec, 'name'>
  /** Bytes as stored. */
  readonly bytes: number
  /** The values of a dataset that `isSmall`. */
  readonly small?: Uint8Array<ArrayBuffer>
}

/** An object that is there but cannot be read. */
export interface Hdf5Damage {
  readonly kind: 'damage'
  readonly error: ErrorRecord
}

/** An HDF5 file whose index was read. All throw CutpointError `bad-hdf5`. */
export interface Hdf5File {
  /** Names in a group, in the order of the file; none where there is no such group. */
  names(path: string): readonly string[]
  /** The text of an attribute; undefined where there is none. */
  text(path: string, name: string): string | undefined
  /** A list of texts, also one that was too long for one attribute and is split over `name0`, `name1`, …. */
  texts(path: string, name: string): readonly string[] | undefined
  /** A dataset of numbers; undefined where there is none. */
  dataset(path: string): Hdf5Dataset | undefined
  /** To be called when nothing more is read: a thread and what it holds of the file are given back. */
  close(): Promise<void>
}

export interface Hdf5Dataset extends Omit<Hdf5Values, 'kind'> {
  /** Bytes as stored, little-endian, row by row. */
  read(): Promise<Uint8Array>
}

/** What is to be opened, as it goes to the thread that opens it. */
export interface Hdf5Source {
  readonly path: string
  readonly size: number
  /** A Blob is read by slices where it lies. */
  readonly data: Blob | Uint8Array<ArrayBuffer>
  /** Names of the attributes that go into the index, with the parts of those that are split. */
  readonly attributes: readonly string[]
}

/**
 * Called by work on its way: the next such sign, or its end, takes at most `share` of what any step does if all is well;
 * Infinity while something else is waited for, such as the disk.
 */
export type Alive = (share: number) => void
