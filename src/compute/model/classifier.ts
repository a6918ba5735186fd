import { CutpointError } from '../../errors'
import type { Shape } from '../../graph/types'
import type { AnalysedModel } from './types'
import type { Prediction } from '../../types'

/** A model's own classifier: where its scores are, and a label for each of them. */
export interface OwnClassifier {
  readonly cut: readonly string[]
  readonly labels: readonly string[]
}

/**
 * The label of a background class at index 0, where a network was trained with one that its list of labels leaves out.
 */
const background = 'background'

/** First lines that name no class, in lists of one line more than the network has classes. */
const noClass = /^(background|dummy|none|unused|n\/a|\?*)$/i

/**
 * The model's own classifier: its chosen output, else another of its outputs, if that gives one number for each of the
 * labels that came with the model, the background counted or not; else null.
 */
export function ownClassifier(model: AnalysedModel): OwnClassifier | null {
  const { labels } = model.read
  return labels === null || model.image === null ? null : classifierWith(model, labels)
}

/**
 * The first output, the chosen one before the others, that gives a number for each of these labels; null where none
 * does.
 */
function classifierWith(model: AnalysedModel, labels: readonly string[]): OwnClassifier | null {
  for (const output of outputsOf(model)) {
    const fitting = fitted(labels, classesOf(model.infos.get(output)?.shape ?? null))
    if (fitting) return { cut: [output], labels: fitting }
  }
  return null
}

/** The numbers of classes that the model's outputs tell apart, each number once. */
function classCounts(model: AnalysedModel): number[] {
  const counts = outputsOf(model).map((output) => classesOf(model.infos.get(output)?.shape ?? null))
  return [...new Set(counts.filter((count) => count !== null))]
}

/**
 * The classifier with the labels of a file. Throws CutpointError `bad-labels` with both numbers where no output fits
 * them.
 */
export function requireFitting(model: AnalysedModel, labels: readonly string[], file: string): OwnClassifier {
  const found = model.image === null ? null : classifierWith(model, labels)
  if (found) return found
  const counts = classCounts(model)
  throw new CutpointError(
    'bad-labels',
    counts.length === 0
      ? `“${file}” names ${labels.length} labels, but ${model.read.name} has no output with a score for each of some classes.`
      : `“${file}” names ${labels.length} labels, but ${model.read.name} tells ${counts.join(' or ')} classes apart.`,
    'Drop the list that belongs to this model: one label a line, in the order of its output.',
    { labels: labels.length, classes: counts },
  )
}

function outputsOf({ output, graph }: AnalysedModel): string[] {
  const all = graph.outputs.map(({ tensor }) => tensor)
  return output === null ? all : [output, ...all.filter((tensor) => tensor !== output)]
}

/** The number of classes of scores `[batch, classes]` or `[batch, 1, 1, classes]`; null for other shapes. */
function classesOf(shape: Shape | null): number | null {
  const classes = shape?.at(-1) ?? null
  const rows = shape !== null && (shape.length === 2 || (shape.length === 4 && shape[1] === 1 && shape[2] === 1))
  return rows && classes !== null && classes > 1 ? classes : null
}

/**
 * A label for each of so many classes, with the background added or a first line that is none left out; null where they
 * do not fit.
 */
function fitted(labels: readonly string[], classes: number | null): readonly string[] | null {
  if (classes === labels.length) return labels
  if (classes === labels.length + 1) return [background, ...labels]
  return classes === labels.length - 1 && noClass.test(labels[0]) ? labels.slice(1) : null
}

/** Scores as probabilities: unchanged if they are that already (none negative, sum 1), else their softmax. */
export function asProbabilities(scores: Float32Array): Float32Array {
  const sum = scores.reduce((total, score) => total + score, 0)
  const already = Math.abs(sum - 1) < 1e-3 && scores.every((score) => score >= 0 && score <= 1 + 1e-6)
  if (already) return scores
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity)
  const powers = scores.map((score) => Math.exp(score - largest))
  const total = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / total)
}

/** Labels with their probabilities, the most likely first. */
export function ranked(labels: readonly string[], chances: ArrayLike<number>): Prediction[] {
  return labels
    .map((label, index) => ({ label, probability: chances[index] }))
    .sort((a, b) => b.probability - a.probability)
}
