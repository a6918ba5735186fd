import { CutpointError } from '../../errors'
import type { WrittenFile } from '../../formats/types'
import { writeTfjsGraph } from '../../formats/tfjs-graph'
import { writeZip } from '../../formats/zip'
import { freeBatch } from '../../graph/batch/free-batch'
import { graft } from '../../graph/graft/graft'
import { needed, runPasses } from '../../graph/optimise'
import { layoutOfPicture } from '../../graph/image/layout'
import { inferShapes } from '../../graph/shapes'
import { trunk } from '../../graph/lookup/trunk'
import { overlayWeights } from '../../graph/lookup/weights'
import type { Part, Preprocessing } from '../../types'
import type { JobContext } from '../jobs'
import type { AnalysedModel } from '../model/types'
import pageHtml from './page/index.html?raw'
import pageScript from './page/run.js?raw'
import { rangeNumbers } from '../../input-ranges'
import pageStyle from './page/style.css?raw'
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
 * Trunk and head as one zip: a tfjs graph model, `labels.txt`, `metadata.json`, and a page that runs it.
 * Throws CutpointError `not-available` for a format that cannot be written.
 */
export async function exportGraft(
  format: string,
  { model, cut, head, oneByOne }: Graftable,
  facts: ExportFacts,
  context: JobContext,
): Promise<Blob> {
  if (format !== 'tfjs-graph') {
    throw new CutpointError(
      'not-available',
      `Cutpoint does not write the format “${format}” yet.`,
      'Use “tfjs-graph”; the README lists what is written.',
    )
  }
  context.progress('Joining trunk and head', 0, 3)
  const pruned = trunk(model.graph, cut, model.infos)
  const freed = freeBatch(pruned, inferShapes(pruned), facts.preprocessing.input)
  const kept = oneByOne ? { graph: pruned, weights: new Map<never, never>() } : freed
  const joined = graft(kept.graph, inferShapes(kept.graph), cut, head)
  const made = overlayWeights(overlayWeights(model.read.weights, kept.weights), joined.weights)
  // It is run without Cutpoint.
  const { graph, weights } = await runPasses(
    needed,
    { graph: joined.graph, weights: made, batchFree: false },
    { evaluate: null, image: null },
  )
  await context.yieldTurn()

  context.progress('Writing the files', 1, 3)
  const { input, width, height, fit, range, order } = facts.preprocessing
  const { channels } = layoutOfPicture(model.infos.get(input)?.shape ?? null)
  const preprocessing = { input, width, height, fit, range, order, channels }
  const metadata = {
    format: 'cutpoint-export',
    version: 1,
    preprocessing,
    labels: head.labels,
    output: joined.output,
    cut,
    // Values that the graft's other inputs need beside the picture.
    otherInputs: Object.fromEntries(
      graph.inputs.flatMap(({ tensor }) => {
        const value = model.otherFeeds.get(tensor)
        return value ? [[tensor, { ...value, data: [...value.data] }]] : []
      }),
    ),
    model: model.read.name,
    accuracy: facts.accuracy,
    images: facts.images,
    versions: { cutpoint: __CUTPOINT_VERSION__, tfjs: __TFJS_VERSION__ },
  }
  const files = await writeTfjsGraph(graph, weights, {
    generatedBy: `Cutpoint ${__CUTPOINT_VERSION__}`,
    userDefinedMetadata: { preprocessing, labels: head.labels },
  })
  await context.yieldTurn()

  context.progress('Packing the zip', 2, 3)
  return writeZip([
    ...files,
    textFile('labels.txt', `${head.labels.join('\n')}\n`),
    jsonFile('metadata.json', metadata),
    textFile('index.html', pageHtml),
    textFile('style.css', pageStyle),
    textFile('run.js', pageScript.replace('RANGE_NUMBERS', JSON.stringify(rangeNumbers))),
    ...facts.beside.map(({ path, text }) => textFile(path, text)),
  ])
}

function textFile(path: string, text: string): WrittenFile {
  return { path, bytes: new TextEncoder().encode(text) }
}

function jsonFile(path: string, value: unknown): WrittenFile {
  return textFile(path, `${JSON.stringify(value, null, 2)}\n`)
}
