import { beside, fileName, readText } from '../source'
import type { SourceFile } from '../types'
import { parseLabels } from './parse'

/** Files of labels beside a model, by name, the likeliest first. */
const usualNames = [
  /^labels\.txt$/i,
  /^(output|retrained|class|image)_?labels\.txt$/i,
  /^imagenet_?(\w*_)?labels?(_\w*)?\.txt$/i,
  /^(\w+[_-])?labels?([_-]\w+)?\.txt$/i,
  /label_?map(\w*)\.pbtxt$/i,
  /^(classes|class_?names|synset_?words|synsets)\.txt$/i,
  /^(\w+_)?(class_?ind(ices|ex)|class_?names|classes|labels?|label_?map)\.json$/i,
  /^(\w+_)?(class_?ind(ices|ex)|class_?names|class_?map|classes|labels?|label_?map)\.csv$/i,
]

/** What is beside many models and holds no labels. */
const others = /^(readme|licen[cs]e|notice|requirements|copying|citation|checkpoint)\b/i

export interface FoundLabels {
  readonly labels: readonly string[] | null
  /** Files that may be meant to hold labels and were not used. */
  readonly unused: readonly string[]
}

/**
 * The labels in a file beside the model: the one called `name` if one is named, else one of the usual names, one with a
 * name for each of the `classes` before others, else the only text file if it has a line for each. null where there is none.
 */
export async function findLabels(
  main: SourceFile,
  neighbours: readonly SourceFile[],
  name: string | undefined,
  classes: () => number | null,
): Promise<FoundLabels> {
  const candidates = neighbours.filter(
    ({ path }) => path !== main.path && !others.test(fileName(path)) && (isText(path) || rankOf(path) >= 0),
  )
  const found =
    (await namedFile(main, neighbours, name)) ?? (name === undefined ? await bestOf(candidates, classes) : null)
  const unused = candidates.filter(({ path }) => path !== found?.file.path).map(({ path }) => path)
  return { labels: found?.labels ?? null, unused }
}

const isText = (path: string): boolean => /\.(txt|csv)$/i.test(path)
const rankOf = (path: string): number => usualNames.findIndex((usual) => usual.test(fileName(path)))

interface LabelsIn {
  readonly file: SourceFile
  readonly labels: readonly string[]
}

async function namedFile(
  main: SourceFile,
  neighbours: readonly SourceFile[],
  name: string | undefined,
): Promise<LabelsIn | null> {
  if (name === undefined) return null
  const path = beside(main.path, fileName(name))
  const file = neighbours.find((other) => other.path === path)
  const labels = file && (await readLabels(file))
  return file && labels ? { file, labels } : null
}

async function bestOf(candidates: readonly SourceFile[], classes: () => number | null): Promise<LabelsIn | null> {
  const usual = candidates.filter(({ path }) => rankOf(path) >= 0).toSorted((a, b) => rankOf(a.path) - rankOf(b.path))
  const read: LabelsIn[] = []
  for (const file of usual) {
    const labels = await readLabels(file)
    if (labels) read.push({ file, labels })
  }
  if (read.length === 1) return read[0]
  if (read.length > 1) return read.find(({ labels }) => labels.length === classes()) ?? read[0]
  const texts = candidates.filter(({ path }) => isText(path))
  if (texts.length !== 1) return null
  const labels = await readLabels(texts[0])
  const count = classes()
  if (count === null || labels?.length !== count) return null
  return { file: texts[0], labels }
}

/** The labels in a file: see `parseLabels`. */
export async function readLabels(file: SourceFile): Promise<readonly string[] | null> {
  return parseLabels(await readText(file))
}
