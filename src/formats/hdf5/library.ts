import type { Metadata } from 'h5wasm'
import { lazyModule } from '../../lazy-module'
import type { Hdf5Source } from './types'

/** What is used of libhdf5, compiled to WebAssembly, as h5wasm binds it. https://github.com/usnistgov/h5wasm */
export interface Hdf5Library {
  readonly FS: {
    readonly filesystems: { readonly WORKERFS: { reader: Pick<FileReaderSync, 'readAsArrayBuffer'> } }
    getStream(number: number): unknown
    open(path: string, flags: string): unknown
    close(stream: unknown): void
    mkdir(path: string): unknown
    rmdir(path: string): void
    unlink(path: string): void
    mount(type: unknown, options: unknown, folder: string): unknown
    unmount(folder: string): void
    writeFile(path: string, data: Uint8Array, options: { flags?: string; canOwn?: boolean }): void
  }
  readonly HEAPU8: Uint8Array
  readonly H5F_ACC_RDONLY: number
  readonly H5G_GROUP: number
  readonly H5G_DATASET: number
  /** The last two: versions of the library whose files it may write; -1 for its own choice. */
  open(path: string, mode: number, trackOrder: boolean, lowest: number, highest: number): bigint
  close_file(file: bigint): number
  get_type(file: bigint, path: string): number
  get_names(file: bigint, path: string, recursive: boolean): string[]
  get_attribute_names(file: bigint, path: string): string[]
  get_attribute_metadata(file: bigint, path: string, name: string): Metadata
  get_dataset_metadata(file: bigint, path: string): Metadata
  get_dataset_filters(file: bigint, path: string): readonly { readonly id: number; readonly name: string }[]
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    strides: bigint[] | null,
    pointer: bigint,
  ): number
  _malloc(size: number): number
  _free(pointer: number): void
}

export interface Hdf5Module {
  readonly library: Hdf5Library
  /** The value of an attribute, text and numbers as such. */
  readonly attribute: (file: bigint, path: string, name: string) => unknown
}

/** A file that is open in the library. */
export interface OpenFile extends Hdf5Module {
  readonly id: bigint
  readonly source: Hdf5Source
}

/** Loads the library (1 MB compressed) when the first HDF5 file is opened. */
export const hdf5Module = lazyModule('What reads HDF5 files', load)

async function load(): Promise<Hdf5Module> {
  const { Attribute, ready } = await import('h5wasm')
  const library = (await ready) as unknown as Hdf5Library
  // What it prints of damaged files goes nowhere; stream 2 is the one it prints to.
  library.FS.close(library.FS.getStream(2))
  library.FS.open('/dev/null', 'w')
  return { library, attribute: (file, path, name) => new Attribute(file, path, name).json_value }
}
