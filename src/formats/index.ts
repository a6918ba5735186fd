import { CutpointError } from '../errors'
import { frozen } from './frozen'
import { kerasH5 } from './keras-h5'
import { kerasZip } from './keras-zip'
import { checkSize, type SizeLimits } from './limits'
import { metaGraph } from './meta-graph'
import { notAModel } from './not-a-model'
import { savedModel } from './saved-model'
import { tfjsGraph } from './tfjs-graph'
import { tfjsLayers } from './tfjs-layers'
import type { Format, ReadContext, ReadModel, SourceFile } from './types'
import type { ToldLayer } from '../types'
import { expandZips } from './zip'

/** Every format that can be opened. A new one is a new file and a line here. */
export const formats: readonly Format[] = [tfjsGraph, savedModel, frozen, metaGraph, kerasH5, kerasZip, tfjsLayers]

export interface OpenOptions extends SizeLimits {
  /** The path of the main file to open where there are several, with `#` and the part where it holds several. */
  readonly choose?: string
  /** Goes on with a file that was refused since reading it takes so long (`details.reason` is `endless`). */
  readonly patient?: boolean
  /** What layers do of which the files do not say it. */
  readonly told?: readonly ToldLayer[]
}

/**
 * Opens the model in `files`: unpacks zips, finds the model by content, and reads it.
 * Throws CutpointError: `several-models` (their main files in details.models, what they are in details.formats), `too-large`, `not-a-model`, and what the
 * format's reader throws.
 */
export async function openModel(
  files: readonly SourceFile[],
  context: ReadContext,
  options: OpenOptions = {},
): Promise<ReadModel> {
  const unpacked = await expandZips(files, context)
  const found: FoundFormat[] = []
  for (const format of formats) {
    for (const main of await format.match(unpacked)) found.push({ format, main })
    context.checkCancelled()
  }
  const { format, main, part } = await pickOne(found, unpacked, options.choose)
  return format.read(main, unpacked, {
    progress: (what, done, total, unit) => context.progress(what, done, total, unit),
    checkCancelled: () => context.checkCancelled(),
    checkSize: (bytes) => checkSize(main.path, bytes, options),
    ...(part !== undefined && { part }),
    ...(options.patient && { patient: true }),
    ...(options.told && { told: options.told }),
  })
}

interface FoundFormat {
  readonly format: Format
  readonly main: SourceFile
}

async function pickOne(
  found: readonly FoundFormat[],
  files: readonly SourceFile[],
  choose: string | undefined,
): Promise<FoundFormat & { readonly part?: string }> {
  const wanted = choose === undefined ? found : found.flatMap((one) => chosen(one, choose))
  if (wanted.length === 1) return wanted[0]
  if (found.length === 0) throw await notAModel(files)
  const models = found.map(({ main }) => main.path)
  throw new CutpointError(
    'several-models',
    choose === undefined
      ? `There are ${models.length} models in these files: ${models.slice(0, 5).join(', ')}.`
      : `There is no model ${choose} in these files, but ${models.slice(0, 5).join(', ')}.`,
    'Choose one of them.',
    { models, formats: found.map(({ format }) => format.label) },
  )
}

/** The model if `choose` names its main file, or a part of it: `path#part`. */
function chosen(one: FoundFormat, choose: string): (FoundFormat & { readonly part?: string })[] {
  const { path } = one.main
  if (choose === path) return [one]
  return choose.startsWith(`${path}#`) ? [{ ...one, part: choose.slice(path.length + 1) }] : []
}
