import { asCutpointError, CutpointError, toErrorRecord } from './errors'
import { ensureBackend, setBackend } from './store/workers/backend'
import { cut } from './store/model/cut'
import { emit, on, type EventName } from './store/state/events'
import { cancelAll } from './store/workers/jobs'
import { openModel, tensors } from './store/model/model'
import { summariseLabels } from './store/photos/label-summary'
import { addPhotos } from './store/photos/photos'
import { predict } from './store/training/predict'
import { saveProject } from './store/projects/save-project'
import { openProject } from './store/projects/open-project'
import { reset } from './store/projects/reset'
import { runModel } from './store/model/run'
import { getState } from './store/state/state'
import { tellLayer } from './store/model/telling'
import { withMatrices } from './store/training/with-matrices'
import { computeWorker } from './store/workers/workers'
import { exportModel, features, setPreprocessing, settledPreprocessing, train } from './store/training/training'
import type {
  BackendName,
  BackendReport,
  CutSummary,
  HeadSummary,
  LabelSummary,
  ModelSummary,
  Part,
  PhotoSummary,
  Prediction,
  Preprocessing,
  RejectedFile,
  TensorSummary,
  TensorValue,
  Told,
  TrainOptions,
  TrainReport,
} from './types'

/** The scripting surface, `window.cutpoint`: what the buttons do, through the same store actions. */
export interface CutpointApi {
  ready: Promise<void>
  backend(): Promise<BackendReport>
  setBackend(name: BackendName | 'auto'): Promise<void>
  open(source: string | File | File[]): Promise<ModelSummary>
  /** Says what a layer does of which the files do not say it; null for what is not known. */
  tell(layer: string, told: Told | null): Promise<ModelSummary>
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
  photos(): Promise<PhotoSummary[]>
  features(part?: Part): Promise<{ shape: number[]; data: Float32Array; labels: string[] }>
  train(options?: Partial<TrainOptions>): Promise<TrainReport>
  heads(): Promise<HeadSummary[]>
  predict(image: Blob | string): Promise<Prediction[]>
  exportModel(format: string): Promise<Blob>
  saveProject(): Promise<Blob>
  openProject(file: Blob): Promise<void>
  cancel(): Promise<void>
  /** Tensors alive on the backend, bytes of cached features, and of WebAssembly's memory. */
  memory(): Promise<{ tensors: number; featureBytes: number; wasmBytes: number }>
  on(event: EventName, listener: (detail: unknown) => void): () => void
  reset(): Promise<void>
}

declare global {
  interface Window {
    cutpoint: CutpointApi
  }
}

/** The surface, working from the moment that `ready` resolves. Every call that fails rejects with a CutpointError. */
export function createApi(ready: Promise<void>): CutpointApi {
  return {
    ready,
    backend: call(ensureBackend),
    setBackend: call(setBackend),
    open: call((source) => openModel(typeof source === 'string' ? { url: source } : { files: toFiles(source) })),
    tell: call(tellLayer),
    tensors: call(tensors),
    cut: call((tensor) => cut(typeof tensor === 'string' ? [tensor] : tensor)),
    run: call((feeds, fetches, options) => runModel(feeds, fetches, options)),
    preprocessing: call(settledPreprocessing),
    setPreprocessing: call(setPreprocessing),
    addImages: call(addImages),
    labels: call(summariseLabels),
    photos: call(() => getState().photos.map(({ id, name, label, part, group }) => ({ id, name, label, part, group }))),
    features: call(features),
    train: call(async (options) => withMatrices(await train(options))),
    heads: call(summariseHeads),
    predict: call(async (image) => predict((await toBlob(image, 0)).blob)),
    exportModel: call(exportModel),
    saveProject: call(saveProject),
    openProject: call(openProject),
    cancel: call(cancelAll),
    memory: call(async () => computeWorker().memory()),
    on,
    reset: call(reset),
  }
}

/** A function of the store as a call of the surface: what it throws becomes a CutpointError, and `on('error')` hears it. */
function call<Arguments extends unknown[], Result>(
  work: (...args: Arguments) => Result | Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    try {
      return await work(...args)
    } catch (error) {
      const known = asCutpointError(error)
      emit('error', toErrorRecord(known))
      throw known
    }
  }
}

/** Adds pictures to a label; addresses that cannot be fetched are rejected one by one, as broken pictures are. */
async function addImages(
  label: string,
  images: (Blob | string)[],
  options: { part?: Part } = {},
): Promise<{ added: number; rejected: RejectedFile[] }> {
  const fetched = await Promise.allSettled(images.map(toBlob))
  const part = options.part ? { part: options.part } : {}
  const arrivals = fetched.flatMap((result) =>
    result.status === 'fulfilled' ? [{ ...result.value, label, ...part }] : [],
  )
  const unreachable = fetched.flatMap((result, index) => {
    const image = images[index]
    if (result.status === 'fulfilled' || typeof image !== 'string') return []
    return [{ name: image, reason: asCutpointError(result.reason).message }]
  })
  const { added, rejected } = await addPhotos(arrivals)
  return { added, rejected: [...unreachable, ...rejected] }
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

function summariseHeads(): HeadSummary[] {
  const { heads, headId } = getState()
  return heads.map(({ id, options, cut: tensors, report }) => ({
    id,
    kind: options.head.kind,
    cut: [...tensors],
    accuracy: report.accuracy,
    current: id === headId,
  }))
}
