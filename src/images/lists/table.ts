/** The text of a list to rows of cells, whatever separates them. */
import Papa from 'papaparse'
import { isPicturePath } from '../intake/paths'
import { decodeText } from './text'
import type { ListTable } from './types'

/** Reads a list: JSON lines, values with a delimiter that is found, or names and labels with spaces between. Never throws. */
export function readTable(path: string, bytes: Uint8Array): ListTable {
  const text = decodeText(bytes)
  const rows = jsonRows(text) ?? delimitedRows(text)
  return { path, rows }
}

function delimitedRows(text: string): string[][] {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' })
  const rows = data.map((row) => row.map((cell) => cell.trim()))
  return rows.every((row) => row.length < 2) ? spacedRows(rows.map(([cell = '']) => cell)) : rows
}

/**
 * Lines such as `n01440764/1.JPEG 0`; a line that begins with `#` is a comment. Where the lines have more words than one
 * file's name and a label, the name is what ends as pictures' names do, and may have spaces.
 */
function spacedRows(lines: readonly string[]): string[][] {
  const told = lines.filter((line) => !line.startsWith('#'))
  const words = told.map((line) => line.split(/\s+/))
  const width = words.at(0)?.length ?? 0
  if (words.every((row) => row.length === width)) return words
  return told.map((line) => {
    const parts = /^(.*\.\w{2,5})\s+(\S.*)$/.exec(line)
    return parts && isPicturePath(parts[1]) ? [parts[1], parts[2]] : [line]
  })
}

/** Rows of a text of one JSON object a line, or of a JSON array of objects, with the keys as headings; null for other texts. */
function jsonRows(text: string): string[][] | null {
  const start = text.trimStart()
  if (!start.startsWith('{') && !start.startsWith('[')) return null
  const records = jsonArray(start) ?? start.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [parsed(line)]))
  const objects = records.filter(isRecord)
  if (objects.length === 0 || objects.length < records.length) return null
  const keys = [...new Set(objects.flatMap((record) => Object.keys(record)))]
  return [keys, ...objects.map((record) => keys.map((key) => cellOf(record, key)))]
}

function jsonArray(text: string): unknown[] | null {
  const value = text.startsWith('[') ? parsed(text) : null
  return Array.isArray(value) ? value : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function cellOf(record: Record<string, unknown>, key: string): string {
  const value = Object.hasOwn(record, key) ? record[key] : null
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
