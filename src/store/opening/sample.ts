import { CutpointError } from '../../errors'
import type { Part } from '../../types'
import { cut } from '../model/cut'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { replaceLabels } from '../photos/labels'
import { openModel } from '../model/opening'
import { addPhotos, type ArrivingPhoto } from '../photos/photos'
import { noteProgress } from '../workers/progress'
import { train } from '../training/training'
import { tryPhoto } from '../training/tried'

/** `public/samples/index.json` */
interface SampleIndex {
  readonly labels: readonly string[]
  readonly images: readonly { file: string; label: string; group: string; part: Part }[]
  readonly tryOut: readonly { file: string; label: string }[]
}

/** Address of a file that is served beside the page. */
const address = (path: string): string => new URL(path, document.baseURI).href

/** Address of the built-in model's `model.json`. */
export const sampleModelUrl = (): string => address('models/efficientnet-lite0/model.json')

/** The whole job on what comes with the page: model, suggested cut, pictures, trained head, one picture tried. */
export async function runSample(): Promise<void> {
  const { summary } = await openSampleModel()
  if (summary.suggestedCut !== null) await cut([summary.suggestedCut])
  await addSamplePhotos()
  await train()
  await trySamplePhotos()
}

/** Opens the built-in model, unless it is what is open. */
export async function openSampleModel(): Promise<{ summary: { suggestedCut: string | null } }> {
  return { summary: await openModel({ url: sampleModelUrl() }) }
}

/** Puts the built-in pictures in place of the labels that are there under the same names. */
export async function addSamplePhotos(): Promise<void> {
  const index = await fetchIndex()
  replaceLabels(index.labels)
  const arrivals = await runJob('Fetching the sample pictures', (job, signal) =>
    fetchAll(
      index.images,
      (image, blob): ArrivingPhoto => ({
        name: image.file,
        label: image.label,
        part: image.part,
        group: image.group,
        blob,
      }),
      job,
      signal,
    ),
  )
  await addPhotos(arrivals)
}

/** Tries the built-in pictures that are not among those trained on. */
export async function trySamplePhotos(): Promise<void> {
  const { tryOut } = await fetchIndex()
  for (const { file } of tryOut.slice(0, 3)) {
    await tryPhoto(await fetchBlob(`samples/${file}`), file)
  }
}

async function fetchAll<Entry extends { file: string }, Result>(
  entries: readonly Entry[],
  make: (entry: Entry, blob: Blob) => Result,
  job: string,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = []
  const atOnce = 8
  for (let start = 0; start < entries.length; start += atOnce) {
    throwIfCancelled(signal)
    noteProgress({ job, what: 'Fetching the sample pictures', done: start, total: entries.length })
    const group = entries.slice(start, start + atOnce)
    results.push(
      ...(await Promise.all(group.map(async (entry) => make(entry, await fetchBlob(`samples/${entry.file}`))))),
    )
  }
  return results
}

async function fetchIndex(): Promise<SampleIndex> {
  return (await (await fetchOk('samples/index.json')).json()) as SampleIndex
}

async function fetchBlob(path: string): Promise<Blob> {
  return (await fetchOk(path)).blob()
}

async function fetchOk(path: string): Promise<Response> {
  const response = await fetch(address(path)).catch(() => null)
  if (response?.ok) return response
  throw new CutpointError(
    'url-unreachable',
    'The built-in sample is not where it should be.',
    'Check that the folders “models” and “samples” are served beside the page.',
    { path, status: response?.status ?? null },
  )
}
