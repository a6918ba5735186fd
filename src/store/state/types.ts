import type { FreezePoints } from '../../graph/tail/types'
import type { ErrorRecord } from '../../errors'
import type { FoundKept } from '../../kept-training'
import type { BlobStoreKind } from '../../keeping/files/blobs'
import type { WhyNotKept } from '../../keeping/why'
import type {
  BackendName,
  CutSummary,
  HeldAdvice,
  Part,
  Prediction,
  Preprocessing,
  RejectedFile,
  TensorValue,
  ToldLayer,
  TrainOptions,
  TrainedOn,
  HeadReport,
} from '../../types'
import type { Overview } from '../../view/types'
import type { ModelSource, OpenChoices, OpenedModel } from '../../workers/compute'

/** Where the files of a kept model are: at an address beside the page, or among the files that are kept. */
export interface KeptModel {
  /** Names it wherever something of it is kept. */
  readonly key: string
  readonly name: string
  readonly from: { readonly url: string } | { readonly files: readonly { path: string; key: string }[] }
  readonly choices: Pick<OpenChoices, 'allowLarge' | 'patient' | 'choose' | 'labels' | 'told'>
}

/** A network that is kept, with what was made of it. */
export interface KeptNetwork {
  readonly model: KeptModel
  readonly output: string | null
  readonly inputs: readonly { readonly tensor: string; readonly value: TensorValue | null }[]
  readonly cut: readonly string[] | null
  readonly pastCuts: readonly (readonly string[])[]
  readonly pastTold: readonly (readonly ToldLayer[])[]
  readonly preprocessing: Preprocessing | null
  readonly preprocessingKnown: boolean
  /** Cuts that were compared, where they were. */
  readonly advice?: HeldAdvice
  /** Ids of the heads in their order. */
  readonly headOrder: readonly string[]
  readonly headId: string | null
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number
}

/** How a model is opened, and the key that names it in what is kept. */
export type NamedChoices = OpenChoices & { readonly key: string }

/** The open model: all that the page knows of it. */
export interface ModelState extends OpenedModel {
  /** The number by which all threads know it, larger than those of the models before. */
  readonly id: number
  /** Where it came from, to open it again in a new worker. */
  readonly from: ModelSource
  readonly choices: NamedChoices
  /** null where it could not be kept. */
  readonly kept: KeptModel | null
}

export interface CutState {
  readonly summary: CutSummary
  /** Where training the network itself can begin; left out until it is asked for. */
  readonly freezePoints?: FreezePoints
}

export interface Photo {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly part: Part
  /** Set by hand, and left alone by the split. */
  readonly pinned: boolean
  /** SHA-256 of the file's bytes; under it the file and its thumbnail lie on the image worker's shelf. */
  readonly hash: string
  /** Its perceptual hash, 64 bits and four colours in hexadecimal digits (src/images/alike/perceptual-hash.ts); null where nobody knows. */
  readonly perceptualHash: string | null
  /** Photos of one recording stay in one part. */
  readonly group: string | null
  /** In pixels, as seen. */
  readonly width: number
  readonly height: number
}

/** A photo that was tried, and what the head made of it. */
export interface Tried {
  readonly id: string
  readonly name: string
  readonly image: Blob
  /** Address of the image, until it is taken off the screen. */
  readonly url: string
  readonly predictions: readonly Prediction[]
  /** The label it was added to, where the user has said what it really is. */
  readonly addedTo: string | null
}

export interface Job {
  readonly id: string
  readonly what: string
  readonly done: number
  readonly total: number
  /** What is counted, where that is not plain things. */
  readonly unit: 'bytes' | null
  /** Milliseconds until it is done at its pace; null while that is not known. */
  readonly left: number | null
  readonly cancelling: boolean
  /** Whether it can be asked to stop where it can be gone on with. */
  readonly pausable: boolean
  /** Whether that was asked. */
  readonly pausing: boolean
}

/** A training of the open network that is not at its end, and can be gone on with: by what it was stopped. */
export interface PausedTraining extends FoundKept {
  readonly why: 'paused' | 'interrupted'
}

/** Something to tell the user: an error with its next step, or a remark. */
export interface Notice {
  readonly id: string
  readonly kind: 'error' | 'remark'
  readonly title: string
  readonly text: string
  /** What a click can do about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
  readonly rejected?: readonly RejectedFile[]
  /** A remark that does not go by itself. */
  readonly stays?: boolean
  readonly error?: ErrorRecord
}

export interface BackendState {
  readonly choice: BackendName | 'auto'
  readonly name: BackendName | null
  readonly device: string
  readonly probeMs: Partial<Record<BackendName, number>>
}

/** The graph that is drawn: there before shapes, costs and cuts are known. */
export interface DrawnGraph {
  /** The number under which the view worker knows it. */
  readonly id: number
  readonly overview: Overview
  /** Whether shapes, costs and cuts have come. */
  readonly complete: boolean
  readonly name: string
}

/** A head that was trained, to be compared with others and made the current one again. */
export interface HeadEntry {
  readonly id: string
  readonly options: TrainOptions
  /** The tensors at which its trunk ends. */
  readonly cut: readonly string[]
  readonly report: HeadReport
  /** What it was trained on; null where that is not known yet, as it was kept before this was noted. */
  readonly trainedOn: TrainedOn | null
  /** Bytes of its weights. */
  readonly bytes: number
  /** When it was trained, in milliseconds since 1970. */
  readonly at: number
}

/** What there is of the visit before this one. */
export interface Returning {
  /** Name of the model; null where none was open. */
  readonly model: string | null
  readonly photos: number
  readonly labels: number
  readonly heads: number
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number
}

/** Where what is done here is kept. */
export interface KeepingState {
  readonly kind: BlobStoreKind
  /** Why it is not kept, where it is not. */
  readonly why: WhyNotKept | 'other-tab' | null
  /** What may be gone on with; null where there is nothing, or once that is decided. */
  readonly returning: Returning | null
  /** Networks that are kept, the open one among them, the one that was changed last first. */
  readonly networks: readonly KeptNetwork[]
}

/** What is undone and redone of labels and photos. */
export interface PhotoSet {
  readonly labels: readonly string[]
  readonly photos: readonly Photo[]
}

interface Done {
  readonly id: string
  /** In words, as in “Undo: delete 3 photos”. */
  readonly what: string
}

/** A change of labels and photos, and how they stood on its other side. */
export interface PhotoStep extends Done, PhotoSet {
  readonly kind: 'photos'
  /** Whether photos of it are still coming in; it cannot be undone before they are there. */
  readonly open: boolean
  /** How photos were dealt to the parts then. */
  readonly deal: string
}

/** A cut, and where the network was cut on its other side; no tensors where it was not. */
export interface CutStep extends Done {
  readonly kind: 'cut'
  readonly tensors: readonly string[]
}

/** A layer was told what it does; and what layers were told on the other side of that. */
export interface TellingStep extends Done {
  readonly kind: 'telling'
  readonly layer: string
  readonly told: readonly ToldLayer[]
  /** The cut there; null where that is not known. */
  readonly cut: readonly string[] | null
  /** The current head there. */
  readonly headId: string | null
}

/** One step: what was done, and how things stood on its other side. */
export type UndoStep = PhotoStep | CutStep | TellingStep

export interface UndoSteps {
  /** The latest last. */
  readonly past: readonly UndoStep[]
  /** The nearest last. */
  readonly future: readonly UndoStep[]
  /** What the last step of photos led to. Where others are there now, the steps say nothing of them. */
  readonly left: PhotoSet | null
}
