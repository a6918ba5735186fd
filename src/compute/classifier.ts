import type { AnalysedModel } from './opened'

/**
 * The model's own classifier: its chosen output, if it gives one number for each of the labels that came with the
 * model; else null.
 */
export function ownClassifier(model: AnalysedModel): { cut: readonly string[]; labels: readonly string[] } | null {
  const { labels } = model.read
  const { output } = model
  if (labels === null || output === null || model.image === null) return null
  const shape = model.infos.get(output)?.shape
  return shape?.length === 2 && shape[1] === labels.length ? { cut: [output], labels } : null
}

/** Scores as probabilities: as they are if they are that already, else their softmax. */
export function asProbabilities(scores: Float32Array): Float32Array {
  const sum = scores.reduce((total, score) => total + score, 0)
  const already = Math.abs(sum - 1) < 1e-3 && scores.every((score) => score >= 0 && score <= 1 + 1e-6)
  if (already) return scores
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity)
  const powers = scores.map((score) => Math.exp(score - largest))
  const total = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / total)
}
