import { CutpointError } from '../../errors'
import type { SignatureDef } from '../protobuf/tensorflow_pb'
import { savedModelLabel } from './label'
import type { MetaGraph } from './meta-graphs'

/** The graph and the signature that are opened. */
export interface Choice {
  readonly meta: MetaGraph
  readonly key: string
  readonly signature: SignatureDef
  readonly warnings: readonly string[]
}

/** Runs once when a model is loaded, and computes nothing. */
const initialising = '__saved_model_init_op'

/**
 * What to open: `part` (`tags/signature`, tags joined by commas), else the graph for serving and its default signature, else
 * the only ones there are. Throws CutpointError `several-models` (their addresses, `path#part`, in details.models, what they
 * are in details.formats) or `no-signature`.
 */
export function choosePart(metas: readonly MetaGraph[], path: string, part: string | undefined): Choice {
  const all = metas.flatMap((meta) => choicesOf(meta))
  if (all.length === 0) throw noSignature(path)
  const named = part === undefined ? undefined : all.find((one) => partOf(one) === part)
  const found = part === undefined ? byDefault(metas) : named
  if (found) return { ...found, warnings: othersIn(found) }
  const parts = all.map(partOf)
  throw new CutpointError(
    'several-models',
    part === undefined
      ? `${path} holds ${parts.length} ways to be run: ${parts.slice(0, 5).join(', ')}.`
      : `There is no “${part}” in ${path}, but ${parts.slice(0, 5).join(', ')}.`,
    'Choose one of them.',
    { models: parts.map((one) => `${path}#${one}`), formats: parts.map(() => savedModelLabel) },
  )
}

type SignatureCandidate = Omit<Choice, 'warnings'>

function choicesOf(meta: MetaGraph): SignatureCandidate[] {
  return [...meta.signatures]
    .filter(([key, { outputs }]) => key !== initialising && Object.keys(outputs).length > 0)
    .map(([key, signature]) => ({ meta, key, signature }))
}

const partOf = ({ meta, key }: SignatureCandidate): string => `${meta.tags.join()}/${key}`

function byDefault(metas: readonly MetaGraph[]): SignatureCandidate | undefined {
  const able = metas.filter((meta) => choicesOf(meta).length > 0)
  const serving = able.filter(({ tags }) => tags.includes('serve'))
  const meta =
    serving.find(({ tags }) => tags.length === 1) ??
    sole(serving) ??
    sole(able) ??
    // TensorFlow Hub's first format: no tags, beside a graph for training.
    able.find(({ tags }) => tags.length === 0)
  if (!meta) return undefined
  const choices = choicesOf(meta)
  return (
    choices.find(({ key }) => key === 'serving_default') ??
    sole(choices) ??
    choices.find(({ key }) => key === 'default')
  )
}

const sole = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined)

function othersIn({ meta, key, signature }: SignatureCandidate): string[] {
  // Keras writes the same one under two names.
  const others = choicesOf(meta).filter((other) => other.key !== key && keysOf(other.signature) !== keysOf(signature))
  if (others.length === 0) return []
  const names = others.slice(0, 5).map((other) => `“${other.key}”`)
  return [`The signature “${key}” is opened; the file also has ${names.join(', ')}.`]
}

function keysOf({ inputs, outputs }: SignatureDef): string {
  return JSON.stringify([Object.keys(inputs).sort(), Object.keys(outputs).sort()])
}

function noSignature(path: string): CutpointError {
  return new CutpointError(
    'no-signature',
    `${path} does not say what goes in and what comes out: it has no signature.`,
    'Save it again with a signature: tf.saved_model.save(model, folder, signatures=model.call).',
    { path },
  )
}
