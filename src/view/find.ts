import { groupEntries, groupResult, type GroupEntry } from './find-groups'
import { kindOf, nearness, rankCount, rankOf } from './find-ranks'
import { entryResult } from './find-results'
import { suggestions } from './find-suggestions'
import { searchShapes, searchTexts, type SearchTexts } from './find-texts'
import { holdsAll, wordsOf } from './find-words'
import type { ViewedModel } from './model'
import type { Found } from './types'

/**
 * Nodes, groups and tensors whose name, op, shape, attributes or title hold every word of a query, the likeliest first;
 * at most `limit` of them. An empty query finds where one may want to go: recommended cuts, inputs, outputs and the
 * outermost groups.
 */
export function find(model: ViewedModel, query: string, limit: number): Found {
  const words = wordsOf(query)
  if (words.length === 0) return suggestions(model, limit)
  const { texts, shapes, groups } = finished(prepared(model))
  const wanted = words.map(({ text }) => text).join(' ')
  // Numbers of entries by rank; groups are counted on after the nodes.
  const ranks = Array.from({ length: rankCount }, (): number[] => [])
  for (let i = 0; i < texts.nodes.length; i++) {
    const text = texts.texts[i]
    if (!holdsAll(words, text, shapes.at(i) ?? '')) continue
    ranks[rankOf(nearness.ofEntry(text, texts.nameEnds[i], wanted), kindOf(model, texts, i))].push(i)
  }
  groups.forEach((entry, i) => {
    if (!holdsAll(words, entry.text, '') && entry.path !== wanted) return
    ranks[rankOf(nearness.ofGroup(entry, wanted), 'group')].push(texts.nodes.length + i)
  })
  const total = ranks.reduce((sum, { length }) => sum + length, 0)
  const results = first(ranks, limit).map((i) =>
    i < texts.nodes.length
      ? entryResult(model, texts.nodes[i], texts.tensors[i])
      : groupResult(groups[i - texts.nodes.length].group, model),
  )
  return { total, results }
}

/** Gets ready for `find` in slices of a few milliseconds, for when there is nothing else to do. */
export function* prepareFind(model: ViewedModel): Generator<void, void> {
  yield* prepared(model)
}

interface Prepared {
  readonly texts: SearchTexts
  readonly shapes: readonly string[]
  readonly groups: readonly GroupEntry[]
}

function* prepared(model: ViewedModel): Generator<void, Prepared> {
  const texts = yield* searchTexts(model.index)
  const shapes = yield* searchShapes(texts, model.facts)
  return { texts, shapes, groups: groupEntries(model) }
}

function finished<T>(work: Generator<void, T>): T {
  let next = work.next()
  while (next.done !== true) next = work.next()
  return next.value
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
