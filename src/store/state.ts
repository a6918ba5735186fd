import { create } from 'zustand'
import type { ErrorRecord } from '../errors'
import type { BlobStoreKind } from '../keeping/blobs'
import type { WhyNotKept } from '../keeping/why'
import type {
  BackendName,
  CutSummary,
  Part,
  Prediction,
  Preprocessing,
  RejectedFile,
  TensorValue,
  ToldLayer,
  TrainOptions,
  HeadReport,
} from '../types'
import type { Overview } from '../view/types'
import type { OpenChoices, OpenedModel, RangeMeasurement } from '../workers/compute'
import { noPhotoSteps, type PhotoSteps } from './undo-steps'
import { freshView, type ViewState } from './view-state'

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
  /** Ids of the heads in their order. */
  readonly headOrder: readonly string[]
  readonly headId: string | null
  readonly stale: boolean
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number
}

/** An open model as the page knows it. */
export interface ModelState extends OpenedModel {
  /** The number under which the view worker knows it. */
  readonly id: number
  /** null where it could not be kept. */
  readonly kept: KeptModel | null
}

export interface CutState {
  readonly summary: CutSummary
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
  /** What it looks like, as 64 bits in 16 hexadecimal digits (src/images/look.ts); null where nobody knows. */
  readonly look: string | null
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

export interface State {
  readonly graph: DrawnGraph | null
  readonly model: ModelState | null
  readonly view: ViewState
  readonly cut: CutState | null
  /** Earlier cuts, the latest last, and no tensors for none; undo takes from here. */
  readonly pastCuts: readonly (readonly string[])[]
  /** What layers were told before, the latest last; undo takes from here. */
  readonly pastTold: readonly (readonly ToldLayer[])[]
  readonly preprocessing: Preprocessing | null
  readonly preprocessingKnown: boolean
  /** How well the photos fit in each range, where that was measured on a model. */
  readonly rangeMeasured: (RangeMeasurement & { readonly model: number }) | null
  /** Labels in the order they were made; a label may be empty. */
  readonly labels: readonly string[]
  readonly photos: readonly Photo[]
  /** What can be undone and redone of labels and photos. */
  readonly photoSteps: PhotoSteps
  readonly options: TrainOptions
  /** Heads trained on this model, the latest last. */
  readonly heads: readonly HeadEntry[]
  /** The one that predicts and is exported. */
  readonly headId: string | null
  /** Whether a change of photos trains anew by itself; linear heads only. */
  readonly autoTrain: boolean
  /** Whether that is about to happen, or happens. */
  readonly retraining: boolean
  /** Report of the current head. */
  readonly report: HeadReport | null
  /** The tensors at which the trunk of the trained head ends. */
  readonly trainedCut: readonly string[]
  /** Whether model, cut, photos or settings have changed since the head was trained. */
  readonly stale: boolean
  readonly tried: readonly Tried[]
  readonly jobs: readonly Job[]
  readonly notices: readonly Notice[]
  readonly backend: BackendState
  readonly keeping: KeepingState
}

/** What a visit begins with. */
export const initialState: State = {
  graph: null,
  model: null,
  view: freshView(),
  cut: null,
  pastCuts: [],
  pastTold: [],
  preprocessing: null,
  preprocessingKnown: false,
  rangeMeasured: null,
  labels: [],
  photos: [],
  photoSteps: noPhotoSteps,
  options: {
    head: { kind: 'linear', l2: 0.01 },
    split: { train: 0.8, validation: 0, test: 0.2 },
    classWeights: 'none',
    seed: 1,
    augment: { variants: 0, flip: false, crop: 0, scale: 0, brightness: 0 },
  },
  heads: [],
  headId: null,
  autoTrain: true,
  retraining: false,
  report: null,
  trainedCut: [],
  stale: false,
  tried: [],
  jobs: [],
  notices: [],
  backend: { choice: 'auto', name: null, device: '', probeMs: {} },
  keeping: { kind: 'memory', why: null, returning: null, networks: [] },
}

export const useStore = create<State>(() => initialState)

/** Reads the state outside React. */
export const getState = (): State => useStore.getState()

/** Changes the state; a function gets what is there now. */
export const setState = (change: Partial<State> | ((state: State) => Partial<State>)): void => useStore.setState(change)

/** The open model if it is what is drawn; null while another one is drawn of which not all is known yet. */
export const drawnModel = ({ graph, model }: State): ModelState | null => (model?.id === graph?.id ? model : null)
