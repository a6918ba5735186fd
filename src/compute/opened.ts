import { CutpointError } from '../errors'
import type { ReadModel } from '../formats/types'
import { nodeCosts, type NodeCost } from '../graph/cost'
import { analyseCuts, type CutAnalysis } from '../graph/cuts'
import { findInputs } from '../graph/image-input'
import { splitTensor, scopeOf } from '../graph/names'
import { nearestNames } from '../graph/nearest'
import { inferShapes } from '../graph/shapes'
import type { Graph, TensorInfo } from '../graph/types'
import type { ModelSummary, Preprocessing, TensorSummary, TensorValue } from '../types'
import { ownClassifier } from './classifier'
import { imageLayout } from './image-layout'
import { supportedAnywhere } from './supported'

/** An opened model with all that is known of it; what the page gets of it is in `OpenedModel`. */
export interface AnalysedModel {
  readonly read: ReadModel
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly costs: ReadonlyMap<string, NodeCost>
  readonly image: string | null
  /** Values for the inputs that are not the image. */
  readonly otherFeeds: Map<string, TensorValue>
  readonly otherInputs: readonly string[]
  /** The output that recommendations look at. */
  readonly output: string | null
  readonly cuts: CutAnalysis
  readonly tensors: readonly TensorSummary[]
}

/** What the page gets of an opened model: structure and facts, no weights. */
export interface OpenedModel {
  readonly summary: ModelSummary
  readonly graph: Graph
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly costs: ReadonlyMap<string, NodeCost>
  readonly tensors: readonly TensorSummary[]
  readonly output: string | null
  readonly otherInputs: readonly { tensor: string; value: TensorValue | null }[]
  /** Whether its output names pictures with the labels that came with it. */
  readonly classifies: boolean
  /** Width and height that the picture's input is fixed to; null where it takes any. */
  readonly inputSize: { readonly width: number | null; readonly height: number | null }
  readonly preprocessing: Preprocessing | null
  /** Whether the files say how the picture is to be prepared; if not, the user is asked. */
  readonly preprocessingKnown: boolean
}

/** Shapes, costs, inputs and cuts of a model as read; recommendations look at `output`, by default the first one. */
export function analyse(read: ReadModel, output?: string): AnalysedModel {
  const { graph } = read
  const infos = inferShapes(graph)
  const inputs = findInputs(graph, infos)
  const chosen = output ?? graph.outputs.at(0)?.tensor ?? null
  const cuts = analyseCuts(graph, infos, { image: inputs.image, output: chosen, supported: supportedAnywhere })
  return {
    read,
    infos,
    costs: nodeCosts(graph, infos),
    image: inputs.image,
    otherFeeds: new Map(
      inputs.others.flatMap(({ tensor, suggested }) => (suggested ? [[tensor, suggested] as const] : [])),
    ),
    otherInputs: inputs.others.map(({ tensor }) => tensor),
    output: chosen,
    cuts,
    tensors: summariseTensors(graph, infos, cuts),
  }
}

/** The part of an analysed model that travels to the page. */
export function toOpened(model: AnalysedModel): OpenedModel {
  const { read } = model
  const byName = new Map(model.tensors.map((tensor) => [tensor.name, tensor]))
  const summariesOf = (names: readonly string[]): TensorSummary[] => names.flatMap((name) => byName.get(name) ?? [])
  const { preprocessing, known } = preprocessingOf(model)
  const { width, height } = imageLayout(model.image === null ? null : (model.infos.get(model.image)?.shape ?? null))
  return {
    summary: {
      name: read.name,
      format: read.format,
      nodes: read.graph.nodes.length,
      weights: read.graph.weights.size,
      bytes: read.bytes,
      inputs: summariesOf(read.graph.inputs.map((input) => input.tensor)),
      outputs: summariesOf(read.graph.outputs.map((out) => out.tensor)),
      suggestedCut: model.cuts.suggested,
      labels: read.labels ? [...read.labels] : null,
      warnings: [...read.warnings],
    },
    graph: read.graph,
    infos: model.infos,
    costs: model.costs,
    tensors: model.tensors,
    output: model.output,
    otherInputs: model.otherInputs.map((tensor) => ({ tensor, value: model.otherFeeds.get(tensor) ?? null })),
    classifies: ownClassifier(model) !== null,
    inputSize: { width, height },
    preprocessing,
    preprocessingKnown: known,
  }
}

/** Throws CutpointError `no-such-tensor`, with the nearest names, unless every tensor is in the model. */
export function requireTensors(model: AnalysedModel, tensors: readonly string[]): void {
  for (const tensor of tensors) {
    if (model.infos.has(tensor)) continue
    const nearest = nearestNames(tensor, model.infos.keys())
    throw new CutpointError(
      'no-such-tensor',
      `There is no tensor “${tensor}” in ${model.read.name}.`,
      nearest.length > 0
        ? `Did you mean ${nearest.map((name) => `“${name}”`).join(' or ')}?`
        : 'Choose one from the list.',
      { tensor, nearest },
    )
  }
}

function summariseTensors(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: CutAnalysis,
): readonly TensorSummary[] {
  const ops = new Map(graph.nodes.map((node) => [node.name, node.op]))
  return [...infos].map(([name, info]) => {
    const { node } = splitTensor(name)
    const verdict = cuts.verdicts.get(name)
    return {
      name,
      op: ops.get(node) ?? '',
      shape: info.shape ? [...info.shape] : null,
      dtype: info.dtype,
      scope: scopeOf(node),
      canCut: verdict?.canCut ?? false,
      ...(verdict?.why === undefined ? {} : { why: verdict.why }),
      recommended: verdict?.recommended ?? false,
    }
  })
}

/** How pictures are prepared: what the files say, and for the rest what the input's shape and dtype suggest. */
function preprocessingOf(model: AnalysedModel): { preprocessing: Preprocessing | null; known: boolean } {
  if (model.image === null) return { preprocessing: null, known: false }
  const info = model.infos.get(model.image)
  const { height, width } = imageLayout(info?.shape ?? null)
  const said = model.read.preprocessing
  const wholeNumbers = info?.dtype !== undefined && info.dtype !== 'float32'
  const sized = (height !== null && width !== null) || (said?.height !== undefined && said.width !== undefined)
  const known = (said?.range !== undefined || wholeNumbers) && sized
  return {
    known,
    preprocessing: {
      width: width ?? said?.width ?? 224,
      height: height ?? said?.height ?? 224,
      fit: said?.fit ?? 'crop',
      range: said?.range ?? (wholeNumbers ? '0to255' : 'minus1to1'),
      order: said?.order ?? 'rgb',
      input: model.image,
      how: howKnown(said?.range !== undefined, wholeNumbers),
    },
  }
}

function howKnown(inFiles: boolean, wholeNumbers: boolean): string {
  if (inFiles) return 'from the model’s files'
  if (wholeNumbers) return 'the input takes whole numbers, so 0 to 255'
  return 'assumed: the files do not say'
}
