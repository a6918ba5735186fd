import type { MapShape } from '../../graph/graft/map-shape'
import type { MixOptions } from '../../augment-options'
import { createMixer, mixedRow, type Mixture } from '../head/mixing/mixture'
import { mixedTargets } from '../head/mixing/targets'
import type { StepRows } from '../tail/step'
import { batchOf, mapsOf, type MapRows } from './program-rows'

/** How the rows of a step are mixed, by how many steps were taken before it; null where they are not. */
export type MixtureOfStep = (taken: number, rows: number) => Mixture | null

/** Mixtures that follow from the seed and the step alone, so that a training that goes on where it was stopped mixes as one that was not. */
export function mixtures(options: MixOptions, map: MapShape | null, seed: number): MixtureOfStep {
  return (taken, rows) =>
    createMixer(options, map, Math.imul(seed + 3, 0x9e3779b1) + Math.imul(taken, 0x85ebca6b))(rows)
}

/** Some rows as a step takes them, mixed with one another at the freeze point as a mixture says. */
export function mixedBatchOf(rows: MapRows, places: Int32Array, mixture: Mixture | null): StepRows {
  const batch = batchOf(rows, places)
  if (!mixture) return batch
  const own = mapsOf(rows)
  const { labels, weights, others, shares } = mixedTargets(batch.labels, batch.weights, mixture)
  return {
    rows: Int32Array.from(places.keys()),
    maps: (row) => mixedRow(own(places[row]), own(places[mixture.partners[row]]), mixture, row),
    labels,
    weights,
    mixed: { others, shares },
  }
}
