import type { ModelFacts } from '../../graph/facts'
import { opCategory } from '../../graph/op-tables/ops'
import type { Shape } from '../../graph/types'
import { kinds, type ResultKind } from './ranks'
import type { SearchTexts } from './types'

/** What is known of the entries once there are facts. */
export interface SearchFacts {
  /** Every shape that comes up, as `batch×112×112×32`; the first is ''. */
  readonly shapes: readonly string[]
  /** The number of each entry's shape. */
  readonly shapeOf: Uint32Array
  /** The number of each entry's kind. */
  readonly kindOf: Uint8Array
}

/** Entries between two yields: a few milliseconds. */
const slice = 4000
const known = new WeakMap<SearchTexts, { readonly facts: ModelFacts | null; readonly made: SearchFacts }>()

/** Made once for each graph and its facts; yields now and then. */
export function* searchFacts(texts: SearchTexts, facts: ModelFacts | null): Generator<void, SearchFacts> {
  const ready = known.get(texts)
  if (ready?.facts === facts) return ready.made
  const { tensors, nodes } = texts
  const numbers = new Map<string, number>([['', 0]])
  const shapeOf = new Uint32Array(tensors.length)
  const kindOf = new Uint8Array(tensors.length)
  for (const [i, tensor] of tensors.entries()) {
    const shape = facts?.infos.get(tensor)?.shape
    if (shape) shapeOf[i] = numberOf(numbers, sizesOf(shape))
    kindOf[i] = kinds.indexOf(kindOfEntry(nodes[i].op, tensor, facts))
    if (i % slice === slice - 1) yield
  }
  const made = { shapes: [...numbers.keys()], shapeOf, kindOf }
  known.set(texts, { facts, made })
  return made
}

function numberOf(numbers: Map<string, number>, text: string): number {
  const number = numbers.get(text)
  if (number !== undefined) return number
  numbers.set(text, numbers.size)
  return numbers.size - 1
}

function kindOfEntry(op: string, tensor: string, facts: ModelFacts | null): ResultKind {
  if (opCategory(op) === 'constant') return 'constant'
  const verdict = facts?.verdicts.get(tensor)
  if (verdict?.recommended) return 'recommended'
  return verdict?.canCut ? 'canCut' : 'operation'
}

/** A shape as it is searched for. */
export function sizesOf(shape: Shape): string {
  let text = ''
  shape.forEach((size, axis) => {
    text += `${axis === 0 ? '' : '×'}${size ?? (axis === 0 ? 'batch' : '?')}`
  })
  return text
}
