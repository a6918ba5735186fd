import { CutpointError } from '../errors'
import { parseJson } from './json'
import type { RecognisedKind } from './recognise'
import { recognise } from './recognise'
import { readText } from './source'
import type { SourceFile } from './types'

interface KnownStranger {
  readonly code: 'not-a-model' | 'git-lfs'
  readonly what: string
  readonly next: string
}

/** What this version knows by sight and does not open, in the order in which it is worth mentioning. */
const known: readonly (readonly [RecognisedKind, KnownStranger])[] = [
  [
    'tflite',
    {
      code: 'not-a-model',
      what: 'is a TensorFlow Lite model, which this version does not open',
      next: 'Use the model it was made from: a SavedModel, a frozen graph, a Keras file, or a TensorFlow.js model.',
    },
  ],
  [
    'html',
    {
      code: 'not-a-model',
      what: 'is a web page, not a model; the server may have answered with an error page or a login',
      next: 'Open the address in a browser, and download the model’s own files.',
    },
  ],
  [
    'git-lfs',
    {
      code: 'git-lfs',
      what: 'is a Git LFS pointer: it stands for a file that was not downloaded',
      next: 'Run “git lfs pull” in that repository, or download the file from its page, and drop it again.',
    },
  ],
]

const savedModelText: KnownStranger = {
  code: 'not-a-model',
  what: 'is a SavedModel written as text, which this version does not open',
  next: 'Load it in TensorFlow and save it again without as_text=True, as saved_model.pb; drop the whole folder.',
}

const checkpoint: KnownStranger = {
  code: 'not-a-model',
  what: 'is part of a checkpoint, which holds weights, and not the graph that they belong to',
  next: 'Drop it together with the .meta file of the same name, which holds the graph. Where there is none, export a SavedModel or a frozen graph from TensorFlow.',
}

/** What may be opened, for whoever dropped something else. */
const anyModel =
  'Drop the folder or zip of a SavedModel, a frozen graph (.pb, .pbtxt), a Keras file (.h5, .keras), or the model.json of a TensorFlow.js model with its weight files.'

/** Why none of these files is a model that can be opened: `bad-json` for JSON that is broken, `git-lfs`, else `not-a-model`. */
export async function notAModel(files: readonly SourceFile[]): Promise<CutpointError> {
  if (files.length === 0) return new CutpointError('not-a-model', 'There are no files to open.', anyModel)
  const kinds: { file: SourceFile; kind: RecognisedKind }[] = []
  for (const file of files) kinds.push({ file, kind: await recognise(file) })
  for (const [kind, one] of known) {
    const file = kinds.find((entry) => entry.kind === kind)?.file
    if (file) return refused(file, one, { kind })
  }
  for (const { file, kind } of kinds) {
    const one = kind === 'other' ? await otherwiseKnown(file) : null
    if (one) return refused(file, one)
  }
  const broken = await brokenJson(kinds.filter(({ kind }) => kind === 'json').map(({ file }) => file))
  if (broken) return broken
  const images = kinds.filter(({ kind }) => kind === 'image').length
  const what =
    images === files.length
      ? `${images === 1 ? 'This is a photo' : 'These are photos'}, not a model.`
      : `None of the files is a model: ${nameSome(files)}.`
  return new CutpointError(
    'not-a-model',
    what,
    images === files.length ? `Open a model first; photos come after. ${anyModel}` : anyModel,
    {
      files: files.map((file) => file.path).slice(0, 20),
    },
  )
}

function refused(
  file: SourceFile,
  { code, what, next }: KnownStranger,
  details: Record<string, unknown> = {},
): CutpointError {
  return new CutpointError(code, `${file.path} ${what}.`, next, { path: file.path, ...details })
}

/**
 * A SavedModel's text begins with its version. A checkpoint's index ends with the mark of its table
 * (https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/lib/io/table_format.txt); its other files have no
 * marks, but names.
 */
async function otherwiseKnown(file: SourceFile): Promise<KnownStranger | null> {
  const head = String.fromCharCode(...(await file.slice(0, Math.min(file.size, 64))))
  if (/^\s*(saved_model_schema_version\s*:|meta_graphs\s*[{<])/.test(head)) return savedModelText
  const end = await file.slice(Math.max(0, file.size - tableMark.length), file.size)
  const isTable = end.length === tableMark.length && tableMark.every((byte, i) => end[i] === byte)
  return isTable || /\.(ckpt|meta|data-\d{5}-of-\d{5})$/.test(file.path) ? checkpoint : null
}

const tableMark = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]

async function brokenJson(files: readonly SourceFile[]): Promise<CutpointError | undefined> {
  for (const file of files) {
    try {
      parseJson(await readText(file), file.path)
    } catch (error) {
      if (error instanceof CutpointError) return error
      throw error
    }
  }
  return undefined
}

function nameSome(files: readonly SourceFile[]): string {
  const shown = files.slice(0, 3).map((file) => file.path)
  return shown.join(', ') + (files.length > shown.length ? ` and ${files.length - shown.length} more` : '')
}
