import type { GraphNode } from '../../graph/types'
import { parseJson } from '../json'
import { beside, fileName, readText } from '../source'
import { readManifest } from '../tfjs-graph/manifest'
import { findShards, missingShards } from '../tfjs-graph/shards'
import { readWeights } from '../tfjs-graph/weights'
import type { ReadContext, SourceFile } from '../types'
import type { StoredWeight } from '../weights/store'

/** The files of a model of TensorFlow.js before 1.0: a GraphDef whose constants have no data, and its weights' list. */
const graphName = 'tensorflowjs_model.pb'
const manifestName = 'weights_manifest.json'

/**
 * The weights that a model of TensorFlow.js before 1.0 keeps beside its graph, by constant; none where `main` is no such
 * model. Throws CutpointError `missing-shards` where they are not among `files`, and what reading them throws.
 */
export async function oldTfjsWeights(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<Map<string, StoredWeight>> {
  const named = files.filter(({ path }) => fileName(path) === manifestName)
  const isOld = fileName(main.path) === graphName
  const manifest =
    named.find(({ path }) => path === beside(main.path, manifestName)) ??
    (isOld && named.length === 1 ? named[0] : undefined)
  if (manifest === undefined) {
    if (isOld) throw missingShards(main.path, [manifestName])
    return new Map()
  }
  const groups = readManifest(parseJson(await readText(manifest), manifest.path), manifest.path)
  const shards = findShards(groups, manifest, files)
  context.checkSize?.(main.size + shards.flat().reduce((sum, shard) => sum + shard.size, 0))
  return readWeights(groups, shards, context)
}

/** A constant with the weight of its name. */
export function withOldWeight(node: GraphNode, weights: ReadonlyMap<string, StoredWeight>): GraphNode {
  return node.op === 'Const' && weights.has(node.name) ? { ...node, weight: node.name } : node
}
