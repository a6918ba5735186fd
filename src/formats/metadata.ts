import type { Graph } from '../graph/types'
import { inputRanges } from '../input-ranges'
import type { Preprocessing } from '../types'
import { isArray, isRecord, own, parseJson, type JsonRecord } from './json'
import { classCount } from './classes'
import { findLabels, type FoundLabels } from './labels/find'
import { fileName, folderOf, readText } from './source'
import type { SourceFile } from './types'

/** What a model's files say beside its graph. */
export interface Metadata {
  readonly labels: readonly string[] | null
  readonly preprocessing: Partial<Preprocessing> | null
  readonly warnings: readonly string[]
}

/** Label files are lists of names; anything larger is something else. */
const mostLabelBytes = 2 ** 24

/**
 * Labels and preprocessing of a model: from the `userDefinedMetadata` of its main file, else from a `metadata.json`
 * (as Teachable Machine and Cutpoint write it) or a file of labels in the same folder, or dropped beside
 * it; where only their number tells that a file holds them, `graph` says how many there must be.
 */
export async function readMetadata(
  model: JsonRecord,
  main: SourceFile,
  files: readonly SourceFile[],
  graph: Graph,
): Promise<Metadata> {
  const stated = own(model, 'userDefinedMetadata')
  const inside = isRecord(stated) ? stated : {}
  const neighbours = neighboursOf(main, files)
  const { record: aside, warnings } = await readAside(neighbours)
  const named = own(inside, 'labels')
  const labelsFile = typeof named === 'string' ? named : undefined
  const known = labelList(named) ?? labelList(own(aside, 'labels'))
  const found: FoundLabels = known
    ? { labels: known, unused: [] }
    : await findLabels(main, neighbours, labelsFile, () => classCount(graph))
  return {
    labels: found.labels,
    preprocessing: readPreprocessing(own(inside, 'preprocessing') ?? own(aside, 'preprocessing')),
    warnings: [...warnings, ...unusedWarnings(found)],
  }
}

/** Files in the model's folder, and such as were dropped by themselves. */
function neighboursOf(main: SourceFile, files: readonly SourceFile[]): SourceFile[] {
  const small = files.filter(({ size }) => size <= mostLabelBytes)
  const inFolder = small.filter(({ path }) => folderOf(path) === folderOf(main.path))
  return folderOf(main.path) === '' ? inFolder : [...inFolder, ...small.filter(({ path }) => folderOf(path) === '')]
}

function unusedWarnings({ labels, unused }: FoundLabels): string[] {
  const why = labels ? 'labels were found elsewhere' : 'it does not hold a name for each class of this model'
  return unused.slice(0, 5).map((path) => `${path} was not used: ${why}.`)
}

async function readAside(neighbours: readonly SourceFile[]): Promise<{ record: JsonRecord; warnings: string[] }> {
  const file = neighbours.find(({ path }) => fileName(path) === 'metadata.json')
  if (file === undefined) return { record: {}, warnings: [] }
  try {
    const json = parseJson(await readText(file), file.path)
    return { record: isRecord(json) ? json : {}, warnings: [] }
  } catch (error) {
    return { record: {}, warnings: [error instanceof Error ? error.message : String(error)] }
  }
}

function labelList(json: unknown): readonly string[] | null {
  return isArray(json) && json.length > 0 && json.every((label) => typeof label === 'string') ? json : null
}

/** The fields that are there and mean something; null where there are none. */
function readPreprocessing(json: unknown): Partial<Preprocessing> | null {
  if (!isRecord(json)) return null
  const input = own(json, 'input')
  const width = size(own(json, 'width'))
  const height = size(own(json, 'height'))
  const fit = oneOf(['crop', 'contain', 'stretch'], own(json, 'fit'))
  const range = oneOf(inputRanges, own(json, 'range'))
  const order = oneOf(['rgb', 'bgr'], own(json, 'order'))
  const found: Partial<Preprocessing> = {
    ...(typeof input === 'string' && { input }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fit && { fit }),
    ...(range && { range }),
    ...(order && { order }),
  }
  return Object.keys(found).length > 0 ? { ...found, how: 'from the model’s files' } : null
}

function size(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find((word) => word === value)
}
