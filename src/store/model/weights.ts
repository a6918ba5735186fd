import { saveFile } from '../page/save-file'
import { computeWorker } from '../workers/workers'
import type { KernelPictures, WeightStatistics } from '../../types'

/** What a weight's values are like. Throws CutpointError `bad-weight`. */
export async function weightStatistics(id: string): Promise<WeightStatistics> {
  return computeWorker().weightStatistics(id)
}

/** Some of a weight's values, in C order. Throws CutpointError `bad-weight`. */
export async function weightValues(id: string, from: number, count: number): Promise<number[] | string[]> {
  return computeWorker().weightValues(id, from, count)
}

/** The kernels of a convolution on pictures; null for any other weight. Throws CutpointError `bad-weight`. */
export async function weightPictures(id: string): Promise<KernelPictures | null> {
  return computeWorker().weightPictures(id)
}

/** Saves a weight as a `.npy` file. Throws CutpointError `bad-weight`. */
export async function downloadWeight(id: string, name: string): Promise<void> {
  saveFile(await computeWorker().weightFile(id), `${name.replaceAll(/[^\w.-]+/g, '_')}.npy`)
}
