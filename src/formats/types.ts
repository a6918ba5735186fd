import type { HeadLayer } from '../graph/graft/layers/forms'
import type { Pass } from '../graph/optimise/types'
import type { Graph, WeightStore } from '../graph/types'
import type { Part, Preprocessing, TensorValue, ToldLayer } from '../types'

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

/** What there is to know of a writer before its code is there; plain data, which the page makes its menu of. */
export interface WriterFacts {
  /** The stable name, by which scripts ask for it: that of its folder. */
  readonly id: string
  /**
   * How the name of what it gives ends. A `zip` holds all its files, with labels, metadata and report beside them; anything
   * else is its one file, alone.
   */
  readonly ending: string
}

/** Turns a graft into files. A new one is a folder whose `write.ts` exports it as `writer`, and a line in `formats/writers.ts`. */
export interface Writer {
  /** What a graft must go through before it can be written, in this order. */
  readonly passes: readonly Pass[]
  /** The files of a graft that went through the passes. Throws CutpointError for what the format cannot hold. */
  write(graft: WritableGraft): Promise<readonly WrittenFile[]>
}

/** Trunk and head as one graph, and what is known of them. */
export interface WritableGraft {
  readonly graph: Graph
  readonly weights: WeightStore
  /** The layers of the head alone; they are in the graph, too. */
  readonly head: { readonly layers: readonly HeadLayer[] }
  readonly metadata: GraftMetadata
}

/** What `metadata.json` tells of a graft. */
export interface GraftMetadata {
  readonly format: 'cutpoint-export'
  readonly version: 1
  /** How pictures are made ready, and how many channels they have. */
  readonly preprocessing: Omit<Preprocessing, 'how'> & { readonly channels: number }
  readonly labels: readonly string[]
  /** The tensor of the probabilities. */
  readonly output: string
  readonly cut: readonly string[]
  /** Values that the graft's other inputs need beside the picture. */
  readonly otherInputs: Readonly<
    Record<string, Omit<TensorValue, 'data'> & { readonly data: readonly (number | string)[] }>
  >
  /** The name of the model the trunk is of. */
  readonly model: string
  readonly accuracy: Readonly<Record<Part, number | null>>
  /** Photos in each part. */
  readonly images: Readonly<Record<Part, number>>
  readonly versions: { readonly cutpoint: string; readonly tfjs: string }
}
