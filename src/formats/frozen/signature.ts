import { baseName } from '../../graph/names'
import type { GraphNode, SignatureEntry } from '../../graph/types'
import { leaves, placeholders } from '../graphdef/ends'

/** What the training and saving of a network leave behind. */
const leftoverOps =
  /^(CheckNumerics|Assign(Add|Sub)?|AssignVariableOp|(Resource|Sparse)?Apply\w+|Save(V2|Slices)?|ShardedFilename|MergeV2Checkpoints|Restore(V2|Slice)?|\w*Summary(V2)?|Print|PrintV2|IsVariableInitialized|VarIsInitializedOp|ReportUninitialized\w*|QueueClose\w*|QueueEnqueue\w*|QueueSize\w*)$/
const leftoverScopes =
  /(^|\/)(save(_\d+)?|init(_\d+)?|gradients(_\d+)?|report_uninitialized_\w+|train(_op)?|Adam|Momentum)\//

/** Names of classifiers' results, the likeliest first. */
const resultNames = [
  /^final_result$/i,
  /(^|\/)(softmax|predictions?|probs?|probabilities)$/i,
  /(^|\/)predictions?\//i,
  /(^|\/)(logits|output|outputs|scores)$/i,
]

/**
 * Inputs and outputs of a GraphDef, which has no signature: its placeholders, and the nodes that no node takes, results
 * of classifiers first, without what training has left.
 */
export function graphEnds(nodes: readonly GraphNode[]): { inputs: SignatureEntry[]; outputs: SignatureEntry[] } {
  const ops = new Map(nodes.map((node) => [node.name, node.op]))
  const all = leaves(nodes)
  const results = all.filter(({ key }) => !leftoverOps.test(ops.get(key) ?? '') && !leftoverScopes.test(key))
  const ranked = (results.length > 0 ? results : all).map((entry) => ({ entry, rank: rankOf(entry.key) }))
  return {
    inputs: placeholders(nodes),
    outputs: ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry),
  }
}

function rankOf(name: string): number {
  const rank = resultNames.findIndex((pattern) => pattern.test(name) || pattern.test(baseName(name)))
  return rank < 0 ? resultNames.length : rank
}

/** Variables whose values are not in the file. */
export function variablesOf(nodes: readonly GraphNode[]): string[] {
  return nodes.filter(({ op }) => /^(Variable(V2)?|VarHandleOp|AutoReloadVariable)$/.test(op)).map(({ name }) => name)
}
