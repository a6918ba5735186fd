import { isArray, isRecord, own, type JsonRecord } from '../json'

/**
 * Labels in the text of a file, in the many forms in which they are kept: one a line, numbered or not; a label map; JSON as
 * Keras and ImageNet have it; CSV of index and name. null where there are none.
 */
export function parseLabels(text: string): readonly string[] | null {
  if (/^\s*(#.*\s*)*item\s*\{/.test(text)) return labelMap(text)
  if (/^\s*[[{]/.test(text)) return inJson(text)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const last = lines.findLastIndex((line) => line !== '')
  if (last < 0) return null
  const labels = lines.slice(0, last + 1)
  return inCsv(labels) ?? numbered(labels) ?? labels
}

/** `0:background` as TF-Slim writes it, in any order; `0 Cats` as Teachable Machine does, where the numbers are the lines'. */
function numbered(lines: readonly string[]): readonly string[] | null {
  const named = lines.map((line) => /^(\d+)\s*:\s*(.*)$/.exec(line))
  if (named.every((match) => match !== null)) return placed(named.map((match) => [Number(match[1]), match[2]]))
  const counted = lines.map((line) => /^(\d+)\s+(.*)$/.exec(line))
  if (!counted.every((match, index) => match !== null && Number(match[1]) === index)) return null
  return counted.map((match) => match?.[2] ?? '')
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

const listNames = ['labels', 'class_names', 'classes', 'names']

function inJson(text: string): readonly string[] | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  return listed(json) ?? (isRecord(json) ? inRecord(json) : null)
}

/** `["cat", "dog"]`. */
function listed(json: unknown): readonly string[] | null {
  return isArray(json) && json.length > 0 && json.every((label) => typeof label === 'string') ? json : null
}

function inRecord(json: JsonRecord): readonly string[] | null {
  for (const name of listNames) {
    const list = own(json, name)
    const labels = listed(list) ?? (isRecord(list) ? byNumber(list) : null)
    if (labels) return labels
  }
  return byNumber(json)
}

/** `{"cat": 0}` as Keras' generators have it, `{"0": "cat"}`, and `{"0": ["n02123045", "tabby"]}` as its ImageNet list. */
function byNumber(json: JsonRecord): readonly string[] | null {
  const entries = Object.entries(json)
  if (entries.every(([, value]) => isIndex(value))) return placed(entries.map(([name, id]) => [Number(id), name]))
  const isNumbered = entries.every(
    ([id, value]) => /^\d+$/.test(id) && (typeof value === 'string' || listed(value) !== null),
  )
  if (!isNumbered) return null
  return placed(
    entries.map(([id, value]) => [Number(id), typeof value === 'string' ? value : (listed(value)?.at(-1) ?? '')]),
  )
}

const isIndex = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0

const nameColumn = /name|label|class|category|title|species|breed/i
const indexColumn = /^(|id|idx|index|no|number|(class|label)[ _-]?(id|idx|index|no|number)?|label)$/i

/** A column of indices and one of names, with or without a line that says which is which. */
function inCsv(lines: readonly string[]): readonly string[] | null {
  const filled = lines.filter((line) => line !== '')
  const separator = [',', ';', '\t'].find((mark) => filled.every((line) => line.includes(mark)))
  if (separator === undefined) return null
  const rows = filled.map((line) => cells(line, separator))
  const columns = rows[0].length
  if (rows.some((row) => row.length !== columns)) return null
  const head = /^\d+$/.test(rows[0].find((cell) => /^\d+$/.test(cell)) ?? '') ? null : rows[0]
  const body = head ? rows.slice(1) : rows
  const numbers = [...rows[0].keys()].filter((column) => isCount(body.map((row) => row[column])))
  const index = (head && numbers.find((column) => indexColumn.test(head[column]))) ?? numbers.at(0)
  if (index === undefined) return null
  const others = [...rows[0].keys()].filter((column) => column !== index && !numbers.includes(column))
  const name = (head && others.find((column) => nameColumn.test(head[column]))) ?? others.at(-1)
  return name === undefined ? null : placed(body.map((row) => [Number(row[index]), row[name]]))
}

/** Whether these are different indices. */
function isCount(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /^\d+$/.test(value)) && new Set(values).size === values.length
}

function cells(line: string, separator: string): string[] {
  const found: string[] = []
  const cell =
    separator === '\t'
      ? /("(?:[^"]|"")*"|[^\t]*)(?:\t|$)/y
      : new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)(?:${separator}|$)`, 'y')
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line)
    if (match === null) break
    const text = match[1].trim()
    found.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text)
    if (!match[0].endsWith(separator)) break
  }
  return found
}

/** Names at their numbers; null where numbers go far beyond what is named. */
function placed(entries: readonly (readonly [number, string])[]): readonly string[] | null {
  const size = entries.reduce((most, [id]) => Math.max(most, id + 1), 0)
  if (size === 0 || size > 2 * entries.length + 10) return null
  const labels = new Array<string>(size).fill('')
  for (const [id, name] of entries) labels[id] = name
  return labels
}
