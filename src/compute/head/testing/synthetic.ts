import { uniform } from '../../../random'

/** Seeded data for tests and the benchmark. */

/** Standard normal numbers, by Box and Muller. */
export function normal(seed: number): () => number {
  const next = uniform(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

export interface Synthetic {
  /** `[images, length]` */
  features: Float32Array
  labels: Int32Array
}

/** Independent directions in which images differ; features are mixtures of them, so columns correlate. */
const latent = 64
/** Places that are pooled. */
const positions = 16

/**
 * Like pooled ReLU6 features: each image has a latent vector around its label's centre; at each of 16 places it is
 * jittered, mixed to `length` channels, made noisy, cut to [0, 6], and the places are averaged. Columns are sparse,
 * correlated and of unequal spread, as a network's are. Labels take turns.
 */
export function synthesise(images: number, length: number, classes: number, seed: number): Synthetic {
  const random = normal(seed)
  const fill = (count: number, scale: number): Float64Array =>
    Float64Array.from({ length: count }, () => scale * random())
  const centres = fill(classes * latent, 0.5)
  const mix = fill(latent * length, 1 / Math.sqrt(latent))
  const features = new Float32Array(images * length)
  const labels = Int32Array.from({ length: images }, (_, image) => image % classes)
  for (let image = 0; image < images; image++) {
    const own = fill(latent, 1).map((value, index) => value + centres[labels[image] * latent + index])
    const pooled = new Float64Array(length)
    for (let position = 0; position < positions; position++) {
      const channels = fill(length, 1)
      for (let index = 0; index < latent; index++) {
        const value = 2 * (own[index] + 0.5 * random())
        for (let column = 0; column < length; column++) channels[column] += value * mix[index * length + column]
      }
      for (let column = 0; column < length; column++) {
        pooled[column] += Math.min(6, Math.max(0, channels[column] - 1)) / positions
      }
    }
    features.set(pooled, image * length)
  }
  return { features, labels }
}
