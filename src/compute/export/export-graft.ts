import { CutpointError } from '../../errors'
import { loadWriter, type LoadedWriter } from '../../formats/load-writer'
import { textFile } from '../../formats/text-file'
import type { GraftMetadata, WritableGraft, Writer } from '../../formats/types'
import { writeZip } from '../../formats/zip'
import { freeBatch } from '../../graph/batch/free-batch'
import { graft } from '../../graph/graft/graft'
import { layoutOfPicture } from '../../graph/image/layout'
import { trunk } from '../../graph/lookup/trunk'
import { overlayWeights } from '../../graph/lookup/weights'
import { runPasses } from '../../graph/optimise'
import { inferShapes } from '../../graph/shapes'
import type { Graph } from '../../graph/types'
import type { Part, Preprocessing } from '../../types'
import type { JobContext } from '../jobs'
import type { AnalysedModel } from '../model/types'
import { evaluateConstants } from '../run/evaluate'
import type { Head } from '../head/head'

/** A file that is put beside the graft as it is. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** What is told beside the graft. */
export interface ExportFacts {
  readonly preprocessing: Preprocessing
  readonly accuracy: Record<Part, number | null>
  readonly images: Record<Part, number>
  /** Files that say more, such as the report. */
  readonly beside: readonly TextFile[]
}

export interface Graftable {
  readonly model: AnalysedModel
  readonly cut: readonly string[]
  readonly head: Head
  /** Whether the trunk runs for one picture at a time only; its batch then stays as it is. */
  readonly oneByOne: boolean
}

/**
 * Trunk and head as one file, in the format of that name. Throws CutpointError `not-available` for one that is not written,
 * and what its writer throws.
 */
export async function exportGraft(
  format: string,
  graftable: Graftable,
  facts: ExportFacts,
  context: JobContext,
): Promise<Blob> {
  return writeGraft(await loadWriter(format), graftable, facts, context)
}

/** The same by a writer that is there. */
export async function writeGraft(
  { facts: { id, ending }, writer }: LoadedWriter,
  graftable: Graftable,
  facts: ExportFacts,
  context: JobContext,
): Promise<Blob> {
  context.progress('Joining trunk and head', 0, 3)
  const writable = await joined(graftable, facts, writer)
  await context.yieldTurn()

  context.progress('Writing the files', 1, 3)
  const files = await writer.write(writable)
  await context.yieldTurn()

  if (ending !== 'zip') {
    if (files.length === 1) return new Blob([files[0].bytes])
    throw new CutpointError('internal', `The writer “${id}” gave ${files.length} files for one.`, 'Use another format.')
  }
  context.progress('Packing the zip', 2, 3)
  const { metadata } = writable
  return writeZip([
    ...files,
    textFile('labels.txt', `${metadata.labels.join('\n')}\n`),
    textFile('metadata.json', `${JSON.stringify(metadata, null, 2)}\n`),
    ...facts.beside.map(({ path, text }) => textFile(path, text)),
  ])
}

/** Trunk and head as one graph, as its writer needs it. */
async function joined(graftable: Graftable, facts: ExportFacts, { passes }: Writer): Promise<WritableGraft> {
  const { model, cut, head, oneByOne } = graftable
  const pruned = trunk(model.graph, cut, model.infos)
  const freed = freeBatch(pruned, inferShapes(pruned), facts.preprocessing.input)
  const kept = oneByOne ? { graph: pruned, weights: new Map<never, never>() } : freed
  const made = graft(kept.graph, inferShapes(kept.graph), cut, head)
  const { graph, weights } = await runPasses(
    passes,
    {
      graph: made.graph,
      weights: overlayWeights(overlayWeights(model.read.weights, kept.weights), made.weights),
      batchFree: false,
    },
    { evaluate: evaluateConstants, image: null },
  )
  return { graph, weights, head, metadata: metadataOf(graph, made.output, graftable, facts) }
}

function metadataOf(
  { inputs }: Graph,
  output: string,
  { model, cut, head }: Graftable,
  { preprocessing, accuracy, images }: ExportFacts,
): GraftMetadata {
  const { input, width, height, fit, range, order } = preprocessing
  const { channels } = layoutOfPicture(model.infos.get(input)?.shape ?? null)
  return {
    format: 'cutpoint-export',
    version: 1,
    preprocessing: { input, width, height, fit, range, order, channels },
    labels: head.labels,
    output,
    cut,
    otherInputs: Object.fromEntries(
      inputs.flatMap(({ tensor }) => {
        const value = model.otherFeeds.get(tensor)
        return value ? [[tensor, { ...value, data: [...value.data] }]] : []
      }),
    ),
    model: model.read.name,
    accuracy,
    images,
    versions: { cutpoint: __CUTPOINT_VERSION__, tfjs: __TFJS_VERSION__ },
  }
}
