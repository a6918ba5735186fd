import { CutpointError } from '../errors'

export type JsonRecord = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object (not an array, not null). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** A field that protobuf's JSON mapping may spell in camelCase or in snake_case; undefined where absent or null. */
export function protoField(record: JsonRecord, camelCase: string): unknown {
  const snakeCase = camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return own(record, camelCase) ?? own(record, snakeCase) ?? undefined
}

/** An own property; what an object inherits (`constructor`, …) is not data. */
export function own(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Parses the text of `path`. Throws CutpointError `bad-json` with line and column. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const position = errorPosition(error, text)
    const before = text.slice(0, position).split('\n')
    const line = before.length
    const column = (before.at(-1)?.length ?? 0) + 1
    const cut = position >= text.trimEnd().length
    throw new CutpointError(
      'bad-json',
      cut
        ? `${path} is not whole: its JSON ends in the middle, at line ${line}, column ${column}.`
        : `${path} is not valid JSON: it cannot be read at line ${line}, column ${column}.`,
      'Download or export the file again.',
      { path, line, column, position },
    )
  }
}

/** Where JSON.parse stopped, from the wording of its message (engines differ); the end where it does not say. */
function errorPosition(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(message)
  if (position) return Math.min(Number(position[1]), text.length)
  const lineColumn = /at line (\d+) column (\d+)/.exec(message)
  if (!lineColumn) return text.length
  const lines = text.split('\n').slice(0, Number(lineColumn[1]) - 1)
  return Math.min(lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(lineColumn[2]) - 1, text.length)
}
