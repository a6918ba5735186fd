import { fixedTexts, longest, npyHeader, textDescriptor } from '../../../formats/npy'
import { writePieces, type PiecedFile } from '../../../formats/zip'
import type { JobContext } from '../../jobs'
import { writing, type FeaturesTable } from './types'

/** Bytes that are written at a time. */
const pieceBytes = 2 ** 20

/** Names of photos have up to so many code points, since each takes as much room as the longest; of longer ones the end is written. */
const longestName = 500

/**
 * A zip of arrays, as `numpy.load` reads it without pickle: `features` `[photos, length]`; of each photo `labels` (the place of its label in
 * `label_names`), `parts` and `names`.
 */
export async function npzOf({ photos, labels, data, length }: FeaturesTable, context: JobContext): Promise<Blob> {
  const places = new Map(labels.map((label, place) => [label, place]))
  const classes = Int32Array.from(photos, ({ label }) => places.get(label) ?? -1)
  const names = photos.map(({ name }) => shortened(name))
  return writePieces([
    { path: 'features.npy', pieces: numbers(data, '<f4', [photos.length, length], context) },
    { path: 'labels.npy', pieces: numbers(classes, '<i4', [photos.length]) },
    textFile('label_names.npy', labels, context),
    textFile(
      'parts.npy',
      photos.map(({ part }) => part),
      context,
    ),
    textFile('names.npy', names, context),
  ])
}

/** Numbers as a `.npy` file; nothing is copied but what is on its way. */
async function* numbers(
  values: Float32Array | Int32Array,
  kind: string,
  shape: readonly number[],
  context: JobContext | null = null,
): AsyncGenerator<Uint8Array> {
  yield npyHeader(kind, shape)
  for (let at = 0; at < values.byteLength; at += pieceBytes) {
    context?.progress(writing, at, values.byteLength, 'bytes')
    await context?.yieldTurn()
    yield new Uint8Array(values.buffer, values.byteOffset + at, Math.min(pieceBytes, values.byteLength - at))
  }
}

function textFile(path: string, texts: readonly string[], context: JobContext): PiecedFile {
  return { path, pieces: textPieces(texts, context) }
}

/** Texts as a `.npy` file of fixed-length Unicode. */
async function* textPieces(texts: readonly string[], context: JobContext): AsyncGenerator<Uint8Array> {
  const length = longest(texts)
  yield npyHeader(textDescriptor(length), [texts.length])
  const rows = Math.max(1, Math.floor(pieceBytes / (4 * length)))
  for (let row = 0; row < texts.length; row += rows) {
    await context.yieldTurn()
    yield fixedTexts(texts.slice(row, row + rows), length)
  }
}

function shortened(name: string): string {
  const points = Array.from(name)
  return points.length <= longestName ? name : `…${points.slice(1 - longestName).join('')}`
}
