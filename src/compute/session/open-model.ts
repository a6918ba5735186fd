import type { ReadModel } from '../../formats/types'
import type { JobContext } from '../jobs'
import { analyse, factsOf, toOpened } from '../model/analyse'
import type { AnalysedModel, OpenedModel } from '../model/types'
import type { SessionParts } from './parts'
import { readModel } from './read-model'
import type { ModelSource, OpenChoices } from './types'

/** What opening a model works with. */
export type OpeningParts = Pick<SessionParts, 'held' | 'runners' | 'cache' | 'feed'>

/** A model that is to be opened, under the number the page gave it. */
interface Opening {
  readonly source: ModelSource
  readonly choices: OpenChoices
  readonly id: number
  readonly named: (name: string) => void
}

/** Reads, draws and analyses a model, which then takes the place of the one before. */
export async function openInPlace(
  { held, runners, cache, feed }: OpeningParts,
  opening: Opening,
  context: JobContext,
): Promise<OpenedModel> {
  const { source, choices, id } = opening
  const { files, read } = await readModel(source, choices, context)
  const analysed = await drawAndAnalyse(feed, read, opening, context).catch(async (error: unknown) => {
    await read.close?.()
    throw error
  })
  void feed.facts(id, factsOf(analysed), choices.seen)
  if (held.id !== null && held.id !== id) feed.drop(held.id)
  runners.drop()
  cache.clear()
  held.open(analysed, id, files, choices.key ?? String(id))
  return toOpened(analysed)
}

async function drawAndAnalyse(
  feed: OpeningParts['feed'],
  read: ReadModel,
  { choices, id, named }: Opening,
  context: JobContext,
): Promise<AnalysedModel> {
  await context.yieldTurn()
  named(read.name)
  // Drawing comes first: on few cores the analysis would only slow it.
  await feed.graph(id, read.graph, choices.seen)
  return analyse(read, (what) => {
    context.progress(what, 0, 0)
    return context.yieldTurn()
  }).catch((error: unknown) => {
    feed.drop(id)
    throw error
  })
}
