import { CutpointError } from '../../errors'
import type { ReadModel } from '../../formats/types'
import { blockedOps } from '../../graph/blocked'
import { nodeCosts } from '../../graph/cost'
import { analyseCuts, type CutAnalysis, type CutQuestion } from '../../graph/cuts/analyse'
import type { ModelFacts } from '../../graph/facts'
import { findInputs } from '../../graph/image/input'
import { layoutOfPicture } from '../../graph/image/layout'
import { innerImage } from '../../graph/image/start'
import { imageBehind } from '../../graph/picture/behind'
import { withSamePicture } from '../../graph/picture/same'
import { withForcedSize } from '../../graph/picture/size'
import { indexGraph } from '../../graph/lookup/graph-index'
import { splitTensor, scopeOf } from '../../graph/lookup/names'
import { nearestNames } from '../../graph/lookup/nearest'
import { outputCount } from '../../graph/op-tables/ops'
import { inferShapes } from '../../graph/shapes'
import type { Graph, TensorInfo } from '../../graph/types'
import type { TensorSummary } from '../../types'
import { ownClassifier } from './classifier'
import { presentForm } from './present-form'
import { preparationOf, preprocessingOf } from './input-preparation'
import type { Preparation, AnalysedModel, OpenedModel, TellableLayer } from './types'
import { supportedIn } from '../backends/supported'

const unknownInfo: TensorInfo = { shape: null, dtype: 'unknown' }

/**
 * Finds shapes, costs, inputs and possible cuts of a model that was read; recommended cuts are on the way to its first
 * output. Before each part it calls `next` with what comes, which lets messages in and throws if the user has
 * cancelled.
 */
export async function analyse(asRead: ReadModel, next: (what: string) => Promise<void>): Promise<AnalysedModel> {
  await next('Working out shapes')
  const { read, graph, whole, infos, samePicture, before, unused, flags } = computed(asRead)
  await next('Counting parameters and multiply-adds')
  const costs = nodeCosts(graph, infos)
  await next('Finding where it can be cut')
  const inputs = findInputs(graph, infos)
  const others = inputs.others.filter(({ tensor }) => !before.has(splitTensor(tensor).node))
  const output = graph.outputs.at(0)?.tensor ?? null
  const supported = supportedIn(graph)
  const cuts = cutsOf(graph, infos, before, { image: inputs.image, output, supported })
  const preparation = await preparationFor(read, graph, infos, inputs.image)
  await next('Drawing the graph')
  return {
    read,
    graph,
    whole,
    before,
    unused,
    flags,
    infos,
    costs,
    image: inputs.image,
    whyImage: inputs.why,
    samePicture,
    preparation,
    otherFeeds: new Map(others.flatMap(({ tensor, suggested }) => (suggested ? [[tensor, suggested] as const] : []))),
    otherInputs: others.map(({ tensor }) => tensor),
    output,
    cuts,
    blocked: blockedOps(graph, supported, notRun(graph, before, unused)),
  }
}

/**
 * Nodes that are never run, so that it does not matter whether they can be; also those without outputs, such as checks.
 */
function notRun({ nodes }: Graph, ...sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const names = sets.flatMap((set) => [...set])
  return new Set([...names, ...nodes.filter((node) => outputCount(node) === 0).map(({ name }) => name)])
}

async function preparationFor(
  read: ReadModel,
  graph: Graph,
  infos: AnalysedModel['infos'],
  image: string | null,
): Promise<Preparation | null> {
  return image === null ? null : preparationOf({ read, graph, image, info: infos.get(image) ?? unknownInfo })
}

/** The same model with recommended cuts on the way to another output. */
export function towards(model: AnalysedModel, output: string): AnalysedModel {
  const question = { image: model.image, output, supported: supportedIn(model.graph) }
  return { ...model, output, cuts: cutsOf(model.graph, model.infos, model.before, question) }
}

/** The graph to be computed with its shapes, the nodes it leaves out, and the model with the constants it adds. */
function computed(
  asRead: ReadModel,
): Pick<AnalysedModel, 'graph' | 'infos' | 'samePicture' | 'before' | 'read' | 'whole' | 'flags' | 'unused'> {
  const { graph, weights, flags, dead } = presentForm(asRead)
  const read = weights === asRead.weights ? asRead : { ...asRead, weights }
  const infos = inferShapes(graph)
  const { image } = findInputs(graph, infos)
  const inner = image === null ? innerImage(graph, infos) : imageBehind(graph, infos, image, supportedIn(graph))
  const begun = inner ? { graph: inner.graph, infos: inferShapes(inner.graph) } : { graph, infos }
  const before = inner?.before ?? new Set()
  return {
    ...{ read, whole: graph, flags, unused: dead, before },
    ...withPictures(begun.graph, begun.infos, before),
  }
}

/** Gives the same picture to all inputs that take one alike, in the only size that fits, if there is just one. */
function withPictures(
  graph: Graph,
  infos: AnalysedModel['infos'],
  before: ReadonlySet<string>,
): Pick<AnalysedModel, 'graph' | 'infos' | 'samePicture'> {
  const { graph: shared, same } = withSamePicture(graph, infos, before)
  const known = same.length > 0 ? inferShapes(shared) : infos
  const { image } = findInputs(shared, known)
  const sized = image === null ? null : withForcedSize(shared, known, image)
  if (!sized) return { graph: shared, infos: known, samePicture: same }
  return { graph: sized.graph, infos: inferShapes(sized.graph), samePicture: same }
}

/** The possible cuts. Nodes before the one that takes the picture are not run, so nothing can be cut there. */
function cutsOf(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  before: ReadonlySet<string>,
  question: CutQuestion,
): CutAnalysis {
  const { verdicts, suggested } = analyseCuts(graph, infos, question)
  if (before.size === 0) return { verdicts, suggested }
  const why = `Pictures are made ready before they go in at “${question.image ?? ''}”. Choose a tensor after that.`
  const refused = { canCut: false, why, recommended: false }
  return {
    suggested,
    verdicts: new Map(
      [...verdicts].map(([tensor, verdict]) => [tensor, before.has(splitTensor(tensor).node) ? refused : verdict]),
    ),
  }
}

/** The part of an analysed model that goes to the view worker. */
export function factsOf({ infos, costs, cuts, blocked }: AnalysedModel): ModelFacts {
  return { infos, costs, blocked, verdicts: cuts.verdicts, suggested: cuts.suggested }
}

/** The part of an analysed model that travels to the page. */
export function toOpened(model: AnalysedModel): OpenedModel {
  const { read } = model
  const image = model.image === null ? null : (model.infos.get(model.image) ?? unknownInfo)
  const { width, height } = layoutOfPicture(image?.shape ?? null)
  const prepared =
    model.image !== null && image && model.preparation
      ? preprocessingOf(model.image, image, model.preparation, read.preprocessing)
      : null
  return {
    summary: {
      name: read.name,
      format: read.format,
      nodes: read.graph.nodes.length,
      weights: read.graph.weights.size,
      bytes: read.bytes,
      inputs: summarise(
        model,
        read.graph.inputs.map((input) => input.tensor),
      ),
      outputs: summarise(
        model,
        read.graph.outputs.map((output) => output.tensor),
      ),
      suggestedCut: model.cuts.suggested,
      labels: read.labels ? [...read.labels] : null,
      warnings: [...read.warnings],
    },
    image,
    noPicture: model.image === null ? model.whyImage : null,
    samePicture: model.samePicture,
    output: model.output,
    blocked: [...model.blocked.keys()],
    otherInputs: model.otherInputs.map((tensor) => ({
      tensor,
      info: model.infos.get(tensor) ?? unknownInfo,
      value: model.otherFeeds.get(tensor) ?? null,
    })),
    classifies: ownClassifier(model) !== null,
    inputSize: { width, height },
    preprocessing: prepared?.preprocessing ?? null,
    preprocessingKnown: prepared?.known ?? false,
    preprocessingBasis: model.preparation?.basis ?? 'assumed',
    measurable: model.preparation?.norm != null,
    tellable: tellableLayers(read.graph),
  }
}

/** Throws CutpointError `no-such-tensor`, with the nearest names, unless every tensor is in the model. */
export function requireTensors(model: Pick<AnalysedModel, 'infos' | 'read'>, tensors: readonly string[]): void {
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

/** Layers that can be told what they do; one that is called several times is listed once. */
function tellableLayers({ scopes }: Graph): TellableLayer[] {
  const found = [...scopes].flatMap(([scope, { layerClass, tellable }]) =>
    tellable ? [{ ...tellable, layerClass, scope }] : [],
  )
  return [...new Map(found.toReversed().map((each) => [each.layer, each])).values()].toReversed()
}

/** All tensors of a model, or those named that are in it. */
export function summarise(model: AnalysedModel, tensors: Iterable<string> = model.infos.keys()): TensorSummary[] {
  const { nodes } = indexGraph(model.read.graph)
  return [...tensors].flatMap((name) => {
    const info = model.infos.get(name)
    const verdict = model.cuts.verdicts.get(name)
    const { node } = splitTensor(name)
    if (!info) return []
    return {
      name,
      op: nodes.get(node)?.op ?? '',
      shape: info.shape ? [...info.shape] : null,
      dtype: info.dtype,
      scope: scopeOf(node),
      canCut: verdict?.canCut ?? false,
      ...(verdict?.why === undefined ? {} : { why: verdict.why }),
      recommended: verdict?.recommended ?? false,
    }
  })
}
