import { BlobReader, BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js'
import { projectFormat, projectVersion, type Project, type ProjectHead, type ProjectProgress } from './project'
import { arraysOf, recordOf } from '../../graph/graft/layers/kept'
import { pictureFile } from './names'
import type { HeadRecord, ProjectRecord } from './schema'

/** A file of the zip that is stored as it is: neither pictures nor weights shrink. */
interface StoredFile {
  readonly path: string
  readonly blob: Blob
}

/**
 * A project as a zip, as docs/project-format.md states it. Files are read and written piece by piece; the zip is the
 * browser's to keep, on disk where it is large.
 */
export async function writeProject(project: Project, writtenBy: string, progress: ProjectProgress): Promise<Blob> {
  const pictures = placePictures(project)
  const heads = project.heads.map((head, index) => ({
    head,
    path: `heads/${index + 1}.bin`,
    blob: numbersFile(head),
  }))
  const files: StoredFile[] = [...modelFiles(project), ...pictures.files, ...heads]
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0)
  const record: ProjectRecord = {
    format: projectFormat,
    version: projectVersion,
    writtenBy,
    savedAt: new Date().toISOString(),
    model: modelRecord(project),
    preprocessing: project.preprocessing,
    preprocessingKnown: project.preprocessingKnown,
    cut: [...project.cut],
    ...(project.advice && { advice: project.advice }),
    options: project.options,
    autoTrain: project.autoTrain,
    labels: [...project.labels],
    photos: pictures.records,
    heads: heads.map(({ head, path }) => headRecord(head, path)),
    head: project.head,
  }

  // Runs in a worker of its own already.
  const options = { bufferedWrite: false, keepOrder: true, useWebWorkers: false } as const
  const zip = new ZipWriter(new BlobWriter('application/vnd.cutpoint+zip'), options)
  await zip.add('project.json', new TextReader(JSON.stringify(record, null, 1)), { level: 6 })
  let done = 0
  for (const { path, blob } of files) {
    progress(done, total)
    await zip.add(path, await readerOf(blob), { level: 0 })
    done += blob.size
  }
  progress(total, total)
  return zip.close()
}

/** Where each picture lies; one that several photos show lies there once. */
function placePictures({ photos, pictures }: Project): { records: ProjectRecord['photos']; files: StoredFile[] } {
  const placed = new Map<string, StoredFile>()
  const records = photos.map((photo) => {
    const blob = pictures.get(photo.hash) ?? new Blob()
    const file = placed.get(photo.hash) ?? { path: pictureFile(photo, placed.size + 1), blob }
    placed.set(photo.hash, file)
    return { ...photo, size: blob.size, file: file.path }
  })
  return { records, files: [...placed.values()] }
}

function modelFiles({ model }: Project): StoredFile[] {
  return (model?.files ?? []).map(({ path, blob }) => ({ path: modelPath(path), blob }))
}

/** Where a file of the model lies: its own path, without what leads out of the folder. */
function modelPath(path: string): string {
  const names = path.split(/[/\\]/).filter((name) => !['', '.', '..'].includes(name))
  return ['model', ...names].join('/')
}

function modelRecord({ model }: Project): ProjectRecord['model'] {
  if (!model) return null
  const { name, files, choose, labels, told, output, otherInputs } = model
  return {
    name,
    files: files.map(({ path, blob }) => ({ path, file: modelPath(path), size: blob.size })),
    choose,
    ...(labels && { labels: [...labels] }),
    ...(told.length > 0 && { told: [...told] }),
    output,
    otherInputs: otherInputs.map(({ tensor, value: { shape, dtype, data } }) => ({
      tensor,
      value: { shape, dtype, data: [...data] as number[] | string[] },
    })),
  }
}

function headRecord({ layers, tail, ...facts }: ProjectHead, file: string): HeadRecord {
  return {
    ...facts,
    cut: [...facts.cut],
    labels: [...facts.labels],
    layers: layers.map(recordOf),
    tail: tail && { from: tail.from, weights: tail.weights.map(({ id, values }) => ({ id, length: values.length })) },
    file,
  }
}

/** The arrays of each layer, then the weights of the tail, one after the other, as float32 with the lowest byte first. */
function numbersFile({ layers, tail }: ProjectHead): Blob {
  const arrays = [...layers.flatMap(arraysOf), ...(tail?.weights.map(({ values }) => values) ?? [])]
  return new Blob(arrays.map(littleEndian))
}

function littleEndian(values: Float32Array): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, index) => bytes.setFloat32(index * 4, value, true))
  return bytes.buffer
}

/** Small files are read at once, which is several times as fast as by pieces. */
async function readerOf(blob: Blob): Promise<BlobReader | Uint8ArrayReader> {
  return blob.size > 2 ** 22 ? new BlobReader(blob) : new Uint8ArrayReader(new Uint8Array(await blob.arrayBuffer()))
}
