import { BlobReader, BlobWriter, ZipReader, type FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js'
import { CutpointError } from '../../errors'
import type { TensorValue } from '../../types'
import type { Project, ProjectHead, ProjectPhoto, ProjectProgress } from './project'
import { arraysOf, layerOf, lengthsOf } from '../../graph/graft/layers/kept'
import { badProject } from './errors'
import { parseRecord, type HeadRecord, type ProjectRecord } from './schema'

/** A zip that says it unpacks to more than this, and to so many times its own size, is not unpacked. */
const bombBytes = 2 ** 30
const bombRatio = 100

/**
 * A project file, read whole and checked: what is named is there, has the size that is stated, and is undamaged.
 * Throws CutpointError `newer-project` or `bad-project`.
 */
export async function readProject(file: Blob, progress: ProjectProgress): Promise<Project> {
  const entries = await listEntries(file)
  const main = entries.get('project.json')
  if (!main) throw badProject('This is a zip, but no Cutpoint project: there is no project.json in it.')
  const record = parseRecord(await (await unpack(main)).text())

  const wanted = namedFiles(record)
  const total = [...wanted.values()].reduce((sum, size) => sum + size, 0)
  const files = new Map<string, Blob>()
  let done = 0
  for (const [path, size] of wanted) {
    progress(done, total)
    files.set(path, await take(entries, path, size))
    done += size
  }
  progress(total, total)
  return assemble(record, (path) => files.get(path) ?? new Blob())
}

/** Every file that the record names, once, with the size it states. */
function namedFiles({ model, photos, heads }: ProjectRecord): Map<string, number> {
  const headSize = ({ layers, tail }: HeadRecord): number =>
    4 * [...layers.flatMap(lengthsOf), ...tailLengths(tail)].reduce((sum, length) => sum + length, 0)
  return new Map([
    ...(model?.files ?? []).map(({ file, size }) => [file, size] as const),
    ...photos.map(({ file, size }) => [file, size] as const),
    ...heads.map((head) => [head.file, headSize(head)] as const),
  ])
}

async function assemble(record: ProjectRecord, fileAt: (path: string) => Blob): Promise<Project> {
  const {
    model,
    photos,
    heads,
    preprocessing,
    preprocessingKnown,
    cut,
    advice = null,
    options,
    autoTrain,
    labels,
    head,
  } = record
  return {
    model: model && {
      name: model.name,
      files: model.files.map(({ path, file }) => ({ path, blob: fileAt(file) })),
      choose: model.choose,
      labels: model.labels ?? null,
      told: model.told ?? [],
      output: model.output,
      otherInputs: model.otherInputs.map(({ tensor, value }) => ({ tensor, value: tensorValue(value) })),
    },
    preprocessing,
    preprocessingKnown,
    cut,
    advice,
    options,
    autoTrain,
    labels,
    photos: photos.map(withoutFile),
    pictures: new Map(photos.map(({ hash, file }) => [hash, fileAt(file)])),
    heads: await Promise.all(heads.map(async (one) => headOf(one, await fileAt(one.file).arrayBuffer()))),
    head,
  }
}

/** A photo without what only the file says of it. */
function withoutFile(record: ProjectRecord['photos'][number]): ProjectPhoto {
  const photo: Partial<typeof record> & ProjectPhoto = { ...record }
  delete photo.size
  delete photo.file
  return photo
}

/** How many numbers each weight of a tail has. */
const tailLengths = (tail: HeadRecord['tail']): number[] => tail?.weights.map(({ length }) => length) ?? []

function headOf({ layers, tail, file, ...facts }: HeadRecord, bytes: ArrayBuffer): ProjectHead {
  const view = new DataView(bytes)
  let at = 0
  const values = (count: number): Float32Array => {
    const start = at
    at += count * 4
    return Float32Array.from({ length: count }, (_, index) => view.getFloat32(start + index * 4, true))
  }
  const read = layers.map((layer) => layerOf(layer, lengthsOf(layer).map(values)))
  const trained = tail && {
    from: tail.from,
    weights: tail.weights.map(({ id, length }) => ({ id, values: values(length) })),
  }
  const arrays = [...read.flatMap(arraysOf), ...(trained?.weights.map((weight) => weight.values) ?? [])]
  if (!arrays.every((array) => array.every(Number.isFinite))) {
    throw badProject(`The weights in ${file} are not all numbers.`)
  }
  return { ...facts, layers: read, tail: trained }
}

type RecordedValue = NonNullable<ProjectRecord['model']>['otherInputs'][number]['value']

function tensorValue({ shape, dtype, data }: RecordedValue): TensorValue {
  const isText = (values: number[] | string[]): values is string[] => typeof values.at(0) === 'string'
  if (isText(data)) return { shape, dtype, data }
  if (dtype === 'float32') return { shape, dtype, data: Float32Array.from(data) }
  return { shape, dtype, data: dtype === 'bool' ? Uint8Array.from(data) : Int32Array.from(data) }
}

async function listEntries(file: Blob): Promise<Map<string, FileEntry>> {
  let entries: FileEntry[]
  try {
    // Runs in a worker of its own already.
    const options = { filenameValidation: 'tolerant', useWebWorkers: false } as const
    const all = await new ZipReader(new BlobReader(file), options).getEntries()
    entries = all.flatMap((entry) => (entry.directory ? [] : [entry]))
  } catch {
    throw badProject('This is no Cutpoint project, or it is damaged or cut off.')
  }
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > bombBytes && total > bombRatio * file.size) {
    throw badProject('The file would unpack to many times its size; no Cutpoint writes such projects.')
  }
  return new Map(entries.map((entry) => [entry.filename, entry]))
}

async function take(entries: ReadonlyMap<string, FileEntry>, path: string, size: number): Promise<Blob> {
  const entry = entries.get(path)
  if (!entry) throw badProject(`The file ${path} is missing from the project.`, { path })
  if (entry.uncompressedSize !== size) {
    throw badProject(`The file ${path} has ${entry.uncompressedSize} bytes, and ${size} were stated.`, { path })
  }
  return unpack(entry)
}

async function unpack(entry: FileEntry): Promise<Blob> {
  try {
    return await entry.getData(new BlobWriter(), { checkCrc32: true })
  } catch (error) {
    if (error instanceof CutpointError) throw error
    throw badProject(`The project is damaged or cut off at ${entry.filename}.`, { path: entry.filename })
  }
}
