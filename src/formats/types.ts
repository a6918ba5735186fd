import type { Graph, WeightStore } from '../graph/types'
import type { Preprocessing, ToldLayer } from '../types'

/** A file as dropped, picked, unzipped or fetched: read by slices, never whole unless needed. */
export interface SourceFile {
  /** Path inside what was dropped, `/`-separated, e.g. `web_model/model.json`. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Bytes `[start, end)`; a fresh copy that may be transferred. */
  slice(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
  /** Where it is one already: the file itself, to be handed on without being read. */
  readonly blob?: Blob
}

/** What long work calls on its way. */
export interface ReadContext {
  /** `total` is 0 where it is not known. */
  progress(what: string, done: number, total: number, unit?: 'bytes'): void
  /** Throws CutpointError `cancelled` once the user has cancelled. */
  checkCancelled(): void
  /** Called with the bytes a model will take before they are read; throws CutpointError `too-large`. */
  checkSize?(bytes: number): void
  /** Whether the user goes on waiting for a file of which it cannot be told whether reading it ends. */
  readonly patient?: boolean
  /** What layers do of which the file does not say it. */
  readonly told?: readonly ToldLayer[]
  /** The part of the file to read, where it holds several (a signature of a SavedModel, say). */
  readonly part?: string
}

/** A model as read: structure, weights and what the file says of itself. */
export interface ReadModel {
  readonly name: string
  readonly format: string
  readonly graph: Graph
  readonly weights: WeightStore
  /** Bytes of all files that belong to it. */
  readonly bytes: number
  /** Names of the classifier's outputs, where the files hold them. */
  readonly labels: readonly string[] | null
  /** What the files say about the picture they want. */
  readonly preprocessing: Partial<Preprocessing> | null
  readonly warnings: readonly string[]
  /** Gives back what is held to read weights with, where there is such; after that none can be read. */
  close?(): Promise<void>
}

/** A new format is a new file that exports one of these, and a line in `formats/index.ts`. */
export interface Format {
  readonly id: string
  /** As shown to the user. */
  readonly label: string
  /** The main files (e.g. each `model.json`) in `files` that this format can read; decided by content. */
  match(files: readonly SourceFile[]): Promise<SourceFile[]>
  /** Reads the model whose main file is `main`. Throws CutpointError. */
  read(main: SourceFile, files: readonly SourceFile[], context: ReadContext): Promise<ReadModel>
}

/** A file to be written. */
export interface WrittenFile {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
