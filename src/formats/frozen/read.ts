import { checkGraph } from '../../graph/check'
import type { GraphNode } from '../../graph/types'
import { withTakenOutputs } from '../../graph/op-tables/taken-outputs'
import { withoutCalls } from '../../graph/calls/without-calls'
import { badGraph } from '../graphdef/bad-graph'
import { readBinaryGraphDef, readTextGraphDef } from '../graphdef/binary/read'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { naming } from '../naming'
import { recognise } from '../recognise'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { createStore } from '../weights/store'
import { dequantised } from './dequantise'
import { oldTfjsWeights, withOldWeight } from './old-tfjs'
import { graphEnds, variablesOf } from './signature'

/** Reads a frozen graph, `main`; `files` may hold its labels. Throws CutpointError. */
export async function readFrozen(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, main.size, 'bytes')
  const isText = (await recognise(main)) === 'graphdef-text'
  const { nodes, functions, weights } = isText
    ? await readTextGraphDef(main, context)
    : await readBinaryGraphDef(main, { start: 0, end: main.size }, context)
  if (nodes.length === 0) throw badGraph(main.path, 'it holds no nodes')
  const beside = await oldTfjsWeights(main, files, context)
  for (const [id, weight] of beside) weights.set(id, weight)
  const whole = nodes.map(({ node }) => withOldWeight(node, beside))
  const bound = withTakenOutputs(dequantised(whole, weights))
  const graph = withoutCalls({
    nodes: bound,
    weights: new Map([...weights].map(([id, { info }]) => [id, info])),
    ...graphEnds(bound),
    functions,
    scopes: new Map(),
  })
  naming(main.path, () => {
    checkGraph(graph)
  })
  const metadata = await readMetadata({}, main, files, graph)
  return {
    name: modelName(main.path),
    format: 'frozen',
    graph,
    weights: createStore(weights),
    bytes: main.size,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...variableWarnings(bound), ...constantWarnings(bound), ...metadata.warnings],
  }
}

function variableWarnings(nodes: readonly GraphNode[]): string[] {
  const names = variablesOf(nodes)
  if (names.length === 0) return []
  return [
    `This graph is not frozen: the values of ${names.length} variables (${some(names)}) are not in it, so what needs them cannot run. Freeze it with TensorFlow’s freeze_graph, or open the SavedModel.`,
  ]
}

function constantWarnings(nodes: readonly GraphNode[]): string[] {
  const names = nodes.filter(({ op, weight }) => op === 'Const' && weight === undefined).map(({ name }) => name)
  if (names.length === 0) return []
  return [`${names.length} constants (${some(names)}) have types that cannot be computed with here.`]
}

function some(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '')
}
