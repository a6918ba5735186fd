import { CutpointError } from './errors'
import { ensureBackend, setBackend } from './store/backend'
import { cut } from './store/cut'
import { on, type EventName } from './store/events'
import { cancelAll } from './store/jobs'
import { openModel } from './store/model'
import { addPhotos, summariseLabels } from './store/photos'
import { reset } from './store/reset'
import { runModel } from './store/run'
import { getState } from './store/state'
import { computeWorker } from './store/workers'
import { exportModel, features, predict, requirePreprocessing, setPreprocessing, train } from './store/training'
import type {
  BackendName,
  BackendReport,
  CutSummary,
  LabelSummary,
  ModelSummary,
  Part,
  Prediction,
  Preprocessing,
  RejectedFile,
  TensorSummary,
  TensorValue,
  TrainOptions,
  TrainReport,
} from './types'

/** The scripting surface, `window.cutpoint`: what the buttons do, through the same store actions. */
export interface CutpointApi {
  ready: Promise<void>
  backend(): Promise<BackendReport>
  setBackend(name: BackendName | 'auto'): Promise<void>
  open(source: string | File | File[]): Promise<ModelSummary>
  tensors(): Promise<TensorSummary[]>
  cut(tensor: string | string[]): Promise<CutSummary>
  run(
    feeds: Record<string, TensorValue>,
    fetches: string[],
    options?: { optimise?: boolean },
  ): Promise<Record<string, TensorValue>>
  preprocessing(): Promise<Preprocessing>
  setPreprocessing(change: Partial<Preprocessing>): Promise<void>
  addImages(
    label: string,
    images: (Blob | string)[],
    options?: { part?: Part },
  ): Promise<{ added: number; rejected: RejectedFile[] }>
  labels(): Promise<LabelSummary[]>
  features(part?: Part): Promise<{ shape: number[]; data: Float32Array; labels: string[] }>
  train(options?: Partial<TrainOptions>): Promise<TrainReport>
  predict(image: Blob | string): Promise<Prediction[]>
  exportModel(format: string): Promise<Blob>
  saveProject(): Promise<Blob>
  openProject(file: Blob): Promise<void>
  cancel(): Promise<void>
  /** Tensors alive on the backend and bytes of cached features. */
  memory(): Promise<{ tensors: number; featureBytes: number }>
  on(event: EventName, listener: (detail: unknown) => void): () => void
  reset(): Promise<void>
}

declare global {
  interface Window {
    cutpoint: CutpointApi
  }
}

/** The surface, working from the moment that `ready` resolves. */
export function createApi(ready: Promise<void>): CutpointApi {
  return {
    ready,
    backend: ensureBackend,
    setBackend,
    open: (source) => openModel(typeof source === 'string' ? { url: source } : { files: toFiles(source) }),
    tensors: () => promised(() => [...requireModel().tensors]),
    cut: (tensor) => cut(typeof tensor === 'string' ? [tensor] : tensor),
    run: (feeds, fetches) => runModel(feeds, fetches),
    preprocessing: () => promised(requirePreprocessing),
    setPreprocessing: (change) => promised(() => setPreprocessing(change)),
    addImages: async (label, images, options = {}) => {
      const blobs = await Promise.all(images.map(toBlob))
      const arrivals = blobs.map((image) => ({ ...image, label, ...(options.part ? { part: options.part } : {}) }))
      return addPhotos(arrivals)
    },
    labels: () => promised(summariseLabels),
    features,
    train,
    predict: async (image) => predict((await toBlob(image, 0)).blob),
    exportModel,
    saveProject: () => notAvailable('Saving a project'),
    openProject: () => notAvailable('Opening a project'),
    cancel: cancelAll,
    memory: async () => (await computeWorker()).memory(),
    on,
    reset,
  }
}

/** A call that is quick, as the promise that every call of the surface returns. */
function promised<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work)
}

function toFiles(source: File | File[]): { path: string; blob: Blob }[] {
  return [source].flat().map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }))
}

async function toBlob(image: Blob | string, index: number): Promise<{ name: string; blob: Blob }> {
  if (typeof image !== 'string') return { name: image instanceof File ? image.name : `image ${index + 1}`, blob: image }
  const response = await fetch(image).catch(() => null)
  if (!response?.ok) {
    throw new CutpointError(
      response ? 'url-status' : 'url-unreachable',
      `The picture at ${image} could not be fetched.`,
      'Check the address, and that its site allows other sites to read it.',
      { url: image, status: response?.status ?? null },
    )
  }
  return { name: image, blob: await response.blob() }
}

function requireModel(): NonNullable<ReturnType<typeof getState>['model']> {
  const { model } = getState()
  if (model) return model
  throw new CutpointError('no-model', 'No model is open.', 'Open one with cutpoint.open(url or files).')
}

function notAvailable(what: string): Promise<never> {
  return Promise.reject(
    new CutpointError('not-available', `${what} is not there yet.`, 'The README lists what is, under “Scripting”.'),
  )
}
