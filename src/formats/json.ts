import { CutpointError } from '../errors'
import { findJsonError } from './json-error'

export type JsonRecord = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object (not an array, not null). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a JSON value is an array; its entries stay `unknown`, where `Array.isArray` gives `any`. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** A field that protobuf's JSON mapping may spell in camelCase or in snake_case; undefined where absent or null. */
export function protoField(record: JsonRecord, camelCase: string): unknown {
  const found = own(record, camelCase)
  if (found !== undefined && found !== null) return found
  return (
    own(
      record,
      camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ) ?? undefined
  )
}

/** A JSON value in a message, whatever it holds: objects may have a `toString` of their own that is no function. */
export function inMessage(value: unknown): string {
  return (typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, 60)
}

/** An own property; what an object inherits (`constructor`, …) is not data. */
export function own(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Parses the text of `path`. Throws CutpointError `bad-json` with line and column. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    const position = findJsonError(text)
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
