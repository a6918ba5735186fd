import { CutpointError } from '../errors'
import { parseJson } from './json'
import type { Kind } from './recognise'
import { recognise } from './recognise'
import { readText } from './source'
import type { SourceFile } from './types'

/** What this version knows by sight and does not open, in the order in which it is worth mentioning. */
const known: readonly (readonly [Kind, string, string])[] = [
  [
    'tflite',
    'is a TensorFlow Lite model, which this version does not open',
    'Use the model it was made from, converted to a TensorFlow.js graph model.',
  ],
  [
    'html',
    'is a web page, not a model; the server may have answered with an error page or a login',
    'Open the address in a browser, and download the model’s own files.',
  ],
  [
    'git-lfs',
    'is a Git LFS pointer: it stands for a file that was not downloaded',
    'Run “git lfs pull” in that repository, or download the file from its page, and drop it again.',
  ],
]

/** Why none of these files is a model that can be opened: `bad-json` for JSON that is broken, else `not-a-model`. */
export async function notAModel(files: readonly SourceFile[]): Promise<CutpointError> {
  const next =
    'Drop the model.json of a TensorFlow.js graph model together with its weight files, or a folder or zip with them.'
  if (files.length === 0) return new CutpointError('not-a-model', 'There are no files to open.', next)
  const kinds: { file: SourceFile; kind: Kind }[] = []
  for (const file of files) kinds.push({ file, kind: await recognise(file) })
  for (const [kind, what, instead] of known) {
    const file = kinds.find((entry) => entry.kind === kind)?.file
    if (file) return new CutpointError('not-a-model', `${file.path} ${what}.`, instead, { path: file.path, kind })
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
    images === files.length ? `Open a model first; photos come after. ${next}` : next,
    {
      files: files.map((file) => file.path).slice(0, 20),
    },
  )
}

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
