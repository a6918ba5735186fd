import { runPasses } from '../../optimise'
import type { Graph, WeightStore } from '../../types'
import { loosening } from '../loosen'
import { findTail } from '../tail'
import type { TailFound } from '../types'

/** Structure is all that is looked at. */
export const noValues: WeightStore = {
  raw: () => Promise.reject(new Error('no values')),
  values: () => Promise.reject(new Error('no values')),
}

/** A graph taken apart. */
export async function loosen(graph: Graph): Promise<Graph> {
  return (await runPasses(loosening, { graph, weights: noValues, batchFree: false }, { evaluate: null, image: null }))
    .graph
}

export function tailIn(graph: Graph, freeze: string, output: string): Promise<TailFound> {
  return findTail({ graph, weights: noValues, image: null }, { freeze, output })
}
