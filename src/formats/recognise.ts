import { looksLikeGraphDef, looksLikeGraphDefText, looksLikeMetaGraph } from './graphdef/looks-like'
import { readText } from './source'
import type { SourceFile } from './types'

/** What a file is, by its content. */
export type RecognisedKind =
  | 'tfjs-graph'
  | 'tfjs-layers'
  | 'json'
  | 'zip'
  | 'tar'
  | 'hdf5'
  | 'tflite'
  | 'saved-model'
  | 'graphdef'
  | 'graphdef-text'
  | 'meta-graph'
  | 'html'
  | 'git-lfs'
  | 'image'
  | 'other'

/** Bytes looked at first; JSON that begins like JSON is then read whole. */
const headBytes = 1024
/** Bytes of a JSON file looked at before the whole. */
const headSize = 2 ** 16
/** JavaScript strings end at some 500 million characters. */
const mostJsonBytes = 2 ** 28

/** Kinds by how their files begin: text at an offset, bytes written as Latin-1. */
const signatures: readonly (readonly [RecognisedKind, number, string])[] = [
  ['zip', 0, 'PK\u0003\u0004'],
  ['zip', 0, 'PK\u0005\u0006'],
  ['tar', 0, '\u001f\u008b'],
  ['tar', 257, 'ustar'],
  ['hdf5', 0, '\u0089HDF\r\n'],
  ['tflite', 4, 'TFL3'],
  ['git-lfs', 0, 'version https://git-lfs'],
  ['image', 0, '\u00ff\u00d8\u00ff'],
  ['image', 0, '\u0089PNG'],
  ['image', 0, 'GIF8'],
  ['image', 8, 'WEBP'],
  ['image', 4, 'ftyp'],
  ['saved-model', 0, '\u0008\u0001\u0012'],
]

/** Each format asks what a file is; it is looked into once. */
const seen = new WeakMap<SourceFile, Promise<RecognisedKind>>()

/** What a file is by its content; its name says nothing. */
export function recognise(file: SourceFile): Promise<RecognisedKind> {
  const kind = seen.get(file) ?? lookInto(file)
  seen.set(file, kind)
  return kind
}

async function lookInto(file: SourceFile): Promise<RecognisedKind> {
  const head = await file.slice(0, Math.min(file.size, headBytes))
  const text = String.fromCharCode(...head)
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  if (start.startsWith('{')) return recogniseJson(file)
  if (/^<(!doctype|html|head|body|\?xml)/i.test(start)) return 'html'
  const known = signatures.find(([, offset, mark]) => text.startsWith(mark, offset))
  if (known) return known[0]
  if (looksLikeGraphDefText(text)) return 'graphdef-text'
  if (looksLikeGraphDef(head)) return 'graphdef'
  return looksLikeMetaGraph(head) ? 'meta-graph' : 'other'
}

/** Decided by the text, so that a broken or cut file is still taken for what it was meant to be. */
async function recogniseJson(file: SourceFile): Promise<RecognisedKind> {
  // Nearly always a file says at its beginning what it is, and reading all of a large one takes its time.
  if (file.size > headSize && isGraphModel(await readText(headOf(file, headSize)))) return 'tfjs-graph'
  const text = await readText(file.size > mostJsonBytes ? headOf(file, 2 ** 20) : file)
  if (!isModel(text)) return 'json'
  if (isGraphModel(text)) return 'tfjs-graph'
  return /"model_config"\s*:|"format"\s*:\s*"layers-model"|"keras_version"\s*:/.test(text)
    ? 'tfjs-layers'
    : 'tfjs-graph'
}

const isModel = (text: string): boolean => /"(modelTopology|weightsManifest)"\s*:/.test(text)
const isGraphModel = (text: string): boolean => isModel(text) && /"format"\s*:\s*"graph-model"/.test(text)

function headOf(file: SourceFile, size: number): SourceFile {
  return { ...file, size }
}
