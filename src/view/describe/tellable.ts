import type { Graph } from '../../graph/types'
import type { TellableRow } from './types'

/** The layer at a scope, where it can be told what it does. */
export function tellableAt({ scopes }: Graph, scope: string): TellableRow | null {
  const layer = scopes.get(scope)
  return layer?.tellable ? { ...layer.tellable, layerClass: layer.layerClass } : null
}
