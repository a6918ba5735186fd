import { csvLine } from '../../../csv'
import type { JobContext } from '../../jobs'
import { writing, type FeaturesTable } from './types'

/** Numbers that are written at a time. */
const pieceNumbers = 2 ** 15

/** A line for each photo: `name`, `label`, `part`, and its features as `feature_0`, `feature_1`, … */
export async function csvOf({ photos, data, length }: FeaturesTable, context: JobContext): Promise<Blob> {
  const columns = Array.from({ length }, (_, column) => `feature_${column}`)
  // As blobs, which the browser may keep on disk, and not as one text.
  const pieces = [new Blob([csvLine(['name', 'label', 'part', ...columns])])]
  const rows = Math.max(1, Math.floor(pieceNumbers / Math.max(1, length)))
  for (let first = 0; first < photos.length; first += rows) {
    context.progress(writing, first, photos.length)
    await context.yieldTurn()
    const lines = photos.slice(first, first + rows).map(({ name, label, part }, row) => {
      const start = (first + row) * length
      return csvLine([name, label, part, ...Array.from(data.subarray(start, start + length), shortest)])
    })
    pieces.push(new Blob(lines))
  }
  return new Blob(pieces, { type: 'text/csv;charset=utf-8' })
}

/** The number with as few digits as give the same float32 again: seven are nearly always enough, nine always. */
function shortest(value: number): number {
  const short = Number(value.toPrecision(7))
  return Math.fround(short) === value ? short : Number(value.toPrecision(9))
}
