import type { RandomNumbers } from '../../../random'

/** A number of Beta(α, α): one of two of the same gamma distribution over both, by their logarithms, since small α give tiny ones. */
export function symmetricBeta(alpha: number, random: RandomNumbers): number {
  const apart = logGamma(alpha, random) - logGamma(alpha, random)
  return 1 / (1 + Math.exp(-apart))
}

/**
 * The logarithm of a number of Gamma(α, 1): Marsaglia and Tsang, “A simple method for generating gamma variables” (2000); below 1
 * that of α + 1, times a uniform number to the power of 1/α.
 */
function logGamma(alpha: number, random: RandomNumbers): number {
  if (alpha < 1) return logGamma(alpha + 1, random) + Math.log(1 - random()) / alpha
  const d = alpha - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return Math.log(d) + Math.log(v)
  }
}

/** A standard normal number: Box and Muller. */
function normal(random: RandomNumbers): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
