import { beside, fileName, readText } from './source'
import type { SourceFile } from './types'

/** Files of labels beside a model, by name, the likeliest first. */
const usualNames = [
  /^labels\.txt$/i,
  /^(output|retrained|class|image)_?labels\.txt$/i,
  /^imagenet_?(\w*_)?labels?(_\w*)?\.txt$/i,
  /^(\w+[_-])?labels?([_-]\w+)?\.txt$/i,
  /label_?map(\w*)\.pbtxt$/i,
  /^(classes|class_?names|synset_?words|synsets)\.txt$/i,
]

/**
 * The labels in a file beside the model: the one called `name` if one is named, else one of the usual names, else the
 * only text file if it has a line for each of the `classes`. null where there is none.
 */
export async function findLabels(
  main: SourceFile,
  neighbours: readonly SourceFile[],
  name: string | undefined,
  classes: () => number | null,
): Promise<readonly string[] | null> {
  if (name !== undefined) {
    const path = beside(main.path, fileName(name))
    const named = neighbours.find((file) => file.path === path)
    return named ? readLabels(named) : null
  }
  const others = neighbours.filter((file) => file.path !== main.path)
  for (const usual of usualNames) {
    for (const file of others.filter(({ path }) => usual.test(fileName(path)))) {
      const labels = await readLabels(file)
      if (labels) return labels
    }
  }
  const texts = others.filter(({ path }) => /\.txt$/i.test(path))
  if (texts.length !== 1) return null
  const labels = await readLabels(texts[0])
  return labels?.length === classes() ? labels : null
}

/** The labels in a file: see `parseLabels`. */
export async function readLabels(file: SourceFile): Promise<readonly string[] | null> {
  return parseLabels(await readText(file))
}

/**
 * Labels in text, one a line; numbered lines (`0:background`, as TF-Slim writes them) are put in their places, and so are
 * the items of a label map (`item { id: 1 name: 'cat' }`). null where there are none.
 */
export function parseLabels(text: string): readonly string[] | null {
  if (/^\s*(#.*\s*)*item\s*\{/.test(text)) return labelMap(text)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const last = lines.findLastIndex((line) => line !== '')
  if (last < 0) return null
  const labels = lines.slice(0, last + 1)
  const numbered = labels.map((line) => /^(\d+)\s*:\s*(.*)$/.exec(line))
  if (!numbered.every((match) => match !== null)) return labels
  return placed(numbered.map((match) => [Number(match[1]), match[2]]))
}

/** https://github.com/tensorflow/models/blob/master/research/object_detection/protos/string_int_label_map.proto */
function labelMap(text: string): readonly string[] | null {
  const items = [...text.matchAll(/item\s*\{([^}]*)\}/g)].map(([, body]) => {
    const field = (name: string): string | undefined =>
      new RegExp(`(?:^|\\s)${name}\\s*:\\s*(?:"([^"]*)"|'([^']*)'|(\\d+))`).exec(body)?.slice(1).find(Boolean)
    return [Number(field('id')), field('display_name') ?? field('name') ?? ''] as const
  })
  return items.every(([id]) => Number.isInteger(id)) ? placed(items) : null
}

/** Names at their numbers; null where numbers go far beyond what is named. */
function placed(entries: readonly (readonly [number, string])[]): readonly string[] | null {
  const size = entries.reduce((most, [id]) => Math.max(most, id + 1), 0)
  if (size === 0 || size > 2 * entries.length + 10) return null
  const labels = new Array<string>(size).fill('')
  for (const [id, name] of entries) labels[id] = name
  return labels
}
