import type { ModelFacts } from '../../graph/facts'
import type { Graph } from '../../graph/types'

/**
 * What the view worker receives of a model, over a port of its own; models go by the number that the page gave them.
 */
export interface Feed {
  /** Resolves when the graph is grouped, ready to be drawn. */
  graph(model: number, graph: Graph): Promise<void>
  facts(model: number, facts: ModelFacts): Promise<void>
}

/** Milliseconds to wait for the view worker to take a graph, at most. */
const patience = 5000

/** Milliseconds for the page to draw a graph of more than `large` nodes, before the analysis takes the processor. */
const timeToDraw = 300
const large = 20_000

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Given {
  readonly graph: Graph
  facts: ModelFacts | null
}

/** A feed that outlives the view worker: a new one gets the graphs and facts of all models that were not dropped. */
export class LastingFeed {
  #feed: Feed | null = null
  /** Whether the feed in use took the place of an earlier one. */
  #replaced = false
  readonly #given = new Map<number, Given>()

  /** Sends to this feed from now on, first all that was given before. */
  use(feed: Feed): void {
    this.#replaced = this.#feed !== null
    this.#feed = feed
    for (const [model, { graph, facts }] of this.#given) {
      feed.graph(model, graph).catch(() => undefined)
      if (facts) feed.facts(model, facts).catch(() => undefined)
    }
  }

  /**
   * Sends a graph; where it was `seen`, only if the view worker that has it is gone. Resolves when it is ready to be
   * drawn, could not be sent, or took longer than `patience`. It does not reject: the page learns of a failure from the
   * view worker.
   */
  async graph(model: number, graph: Graph, seen = false): Promise<void> {
    this.#given.set(model, { graph, facts: null })
    if (!this.#feed || (seen && !this.#replaced)) return
    const taken = this.#feed.graph(model, graph).catch(() => undefined)
    await Promise.race([taken, rest(patience)])
    if (graph.nodes.length > large) await rest(timeToDraw)
  }

  /** Sends the facts of a graph; resolves when they have arrived, or could not be sent. */
  async facts(model: number, facts: ModelFacts, seen = false): Promise<void> {
    const given = this.#given.get(model)
    if (given) given.facts = facts
    if (!seen || this.#replaced) await this.#feed?.facts(model, facts).catch(() => undefined)
  }

  /** Forgets a model; a later feed does not get it. */
  drop(model: number): void {
    this.#given.delete(model)
  }
}
