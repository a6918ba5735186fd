import { groupEntries, groupResult, type GroupEntry } from './groups'
import { rankCount, ranksFor } from './ranks'
import { entryResult } from './results'
import { searchFacts, type SearchFacts } from './shapes'
import { suggestions } from './suggestions'
import { searchTexts } from './texts'
import type { SearchTexts, SearchResults } from './types'
import { holds, holdsShape, namesTensor, wordsOf, type Word } from './words'
import type { ViewedModel } from '../viewed-model'

/**
 * Nodes, groups and tensors whose name, op, shape, attributes or title hold every word of a query, the likeliest first;
 * at most `limit` of them. An empty query finds where one may want to go: recommended cuts, inputs, outputs and the
 * outermost groups.
 */
export function find(model: ViewedModel, query: string, limit: number): SearchResults {
  const words = wordsOf(query)
  if (words.length === 0) return suggestions(model, limit)
  const { texts, facts, groups } = finished(prepared(model))
  const { nodes, nameEnds, texts: lines } = texts
  const wanted = words.map(({ text }) => text).join(' ')
  const asTensors = namesTensor(query)
  const rank = ranksFor(wanted)
  // Numbers of entries by rank; groups are counted on after the nodes.
  const ranked = Array.from({ length: rankCount }, (): number[] => [])
  const isFound = matcher(words, lines, facts)
  for (let i = 0; i < lines.length; i++) {
    if (isFound(i)) ranked[rank.ofEntry(lines[i], nameEnds[i], facts.kindOf[i])].push(i)
  }
  groups.forEach((entry, i) => {
    if (entry.path !== wanted && !words.every((word) => holds(word, entry.text))) return
    ranked[rank.ofGroup(entry)].push(nodes.length + i)
  })
  const total = ranked.reduce((sum, { length }) => sum + length, 0)
  const results = first(ranked, limit).map((i) =>
    i < nodes.length
      ? entryResult(model, nodes[i], texts.tensors[i], asTensors)
      : groupResult(groups[i - nodes.length].group, model),
  )
  return { total, results }
}

/** Gets ready for `find` in slices of a few milliseconds, for when there is nothing else to do. */
export function* prepareFind(model: ViewedModel): Generator<void, void> {
  yield* prepared(model)
}

interface PreparedSearch {
  readonly texts: SearchTexts
  readonly facts: SearchFacts
  readonly groups: readonly GroupEntry[]
}

function* prepared(model: ViewedModel): Generator<void, PreparedSearch> {
  const texts = yield* searchTexts(model)
  const facts = yield* searchFacts(texts, model.facts)
  return { texts, facts, groups: groupEntries(model) }
}

function finished<T>(work: Generator<void, T>): T {
  let next = work.next()
  while (next.done !== true) next = work.next()
  return next.value
}

/** Whether an entry holds every word, in its text or its shape; each shape that comes up is looked at once. */
function matcher(
  words: readonly Word[],
  texts: readonly string[],
  { shapes, shapeOf }: SearchFacts,
): (entry: number) => boolean {
  const tests = words.map((word) => {
    const inShape = Uint8Array.from(shapes, (shape) =>
      Number(word.shape === null ? shape.includes(word.text) : holdsShape(word.shape, shape)),
    )
    return { word, inShape }
  })
  return (entry) => {
    for (const { word, inShape } of tests) {
      if (inShape[shapeOf[entry]] === 0 && !holds(word, texts[entry])) return false
    }
    return true
  }
}

/** The first numbers of several lists. */
function first(lists: readonly (readonly number[])[], limit: number): number[] {
  const found: number[] = []
  for (const list of lists) {
    if (found.length >= limit) break
    found.push(...list.slice(0, limit - found.length))
  }
  return found
}
