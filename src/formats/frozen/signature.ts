import { carriesData } from '../../graph/lookup/flow'
import { baseName, splitTensor } from '../../graph/lookup/names'
import type { GraphNode, SignatureEntry } from '../../graph/types'
import { leaves, placeholders } from '../graphdef/ends'

/** What the training and saving of a network leave behind. */
const leftoverOps =
  /^(CheckNumerics|Assign(Add|Sub)?(VariableOp)?|(Resource)?Scatter(Add|Sub|Mul|Div|Max|Min|Update)|(Resource|Sparse)?Apply\w+|Save(V2|Slices)?|ShardedFilename|MergeV2Checkpoints|Restore(V2|Slice)?|\w*Summary(V2)?|Print|PrintV2|IsVariableInitialized|VarIsInitializedOp|ReportUninitialized\w*|QueueClose\w*|QueueEnqueue\w*|QueueSize\w*)$/
const leftoverScopes =
  /(^|\/)(save(_\d+)?|init(_\d+)?|gradients(_\d+)?|report_uninitialized_\w+|train(_op)?|Adam|Momentum)\//

/** What a saver is told by. */
const saverInputs = /(^|\/)save(_\d+)?\/(filename|Const)$/

/** Names of classifiers' results, the likeliest first. */
const resultNames = [
  /^final_result$/i,
  /(^|\/)(softmax|predictions?|probs?|probabilities)$/i,
  /(^|\/)predictions?\//i,
  /(^|\/)(logits|output|outputs|scores)$/i,
]

/**
 * Inputs and outputs of a GraphDef, which has no signature: its placeholders, and the nodes that no node takes, results
 * of classifiers first, without what training has left: what is not computed from any input (counters, sizes), its own
 * operations, and its own scopes.
 */
export function graphEnds(nodes: readonly GraphNode[]): { inputs: SignatureEntry[]; outputs: SignatureEntry[] } {
  const ops = new Map(nodes.map((node) => [node.name, node.op]))
  const all = leaves(nodes)
  const inputs = placeholders(nodes).filter(({ key }) => !saverInputs.test(key))
  const results = all.filter(({ key }) => !leftoverOps.test(ops.get(key) ?? '') && !leftoverScopes.test(key))
  const computed = computedFrom(inputs, nodes)
  const kept =
    [results.filter(({ key }) => computed.has(key)), results, all].find((entries) => entries.length > 0) ?? []
  const ranked = kept.map((entry) => ({ entry, rank: rankOf(entry.key) }))
  return {
    inputs,
    outputs: ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry),
  }
}

/** Names of the nodes that data of the inputs reaches, and not only their sizes. */
function computedFrom(inputs: readonly SignatureEntry[], nodes: readonly GraphNode[]): ReadonlySet<string> {
  const takers = new Map<string, string[]>()
  for (const node of nodes) {
    if (!carriesData(node)) continue
    for (const tensor of node.inputs) {
      const source = splitTensor(tensor).node
      const known = takers.get(source)
      if (known) known.push(node.name)
      else takers.set(source, [node.name])
    }
  }
  const reached = new Set<string>()
  const open = inputs.map(({ key }) => key)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    for (const taker of takers.get(name) ?? []) open.push(taker)
  }
  return reached
}

function rankOf(name: string): number {
  const rank = resultNames.findIndex((pattern) => pattern.test(name) || pattern.test(baseName(name)))
  return rank < 0 ? resultNames.length : rank
}

/** Variables whose values are not in the file. */
export function variablesOf(nodes: readonly GraphNode[]): string[] {
  return nodes.filter(({ op }) => /^(Variable(V2)?|VarHandleOp|AutoReloadVariable)$/.test(op)).map(({ name }) => name)
}
