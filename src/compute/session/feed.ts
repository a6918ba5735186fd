import type { ModelFacts } from '../../graph/facts'
import type { Graph } from '../../graph/types'

/** Takes what there is to see of a model, under the number the page gave it: the view worker, over a port of its own. */
export interface Feed {
  /** Resolves when the graph is grouped, ready to be drawn. */
  graph(model: number, graph: Graph): Promise<void>
  facts(model: number, facts: ModelFacts): Promise<void>
}

/** Nobody waits longer than this for a graph to be taken, in milliseconds. */
const patience = 5000

/** The page gets so many milliseconds to draw a graph of more nodes than `large` before its analysis takes the processor. */
const timeToDraw = 300
const large = 20_000

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Given {
  readonly graph: Graph
  facts: ModelFacts | null
}

/** A feed that outlives who takes it: whoever takes its place gets all that is still to be seen. */
export class LastingFeed {
  #feed: Feed | null = null
  /** Whether it is another than at the beginning. */
  #replaced = false
  readonly #given = new Map<number, Given>()

  use(feed: Feed): void {
    this.#replaced = this.#feed !== null
    this.#feed = feed
    for (const [model, { graph, facts }] of this.#given) {
      feed.graph(model, graph).catch(() => undefined)
      if (facts) feed.facts(model, facts).catch(() => undefined)
    }
  }

  /**
   * Sends a graph, unless it was `seen` before this feed began; resolves when it is ready to be drawn, lost, or takes
   * long. Whoever waits for it elsewhere learns if it is lost.
   */
  async graph(model: number, graph: Graph, seen = false): Promise<void> {
    this.#given.set(model, { graph, facts: null })
    if (!this.#feed || (seen && !this.#replaced)) return
    const taken = this.#feed.graph(model, graph).catch(() => undefined)
    await Promise.race([taken, rest(patience)])
    if (graph.nodes.length > large) await rest(timeToDraw)
  }

  /** Sends what is known of a graph; resolves when it is there, or lost. */
  async facts(model: number, facts: ModelFacts, seen = false): Promise<void> {
    const given = this.#given.get(model)
    if (given) given.facts = facts
    if (!seen || this.#replaced) await this.#feed?.facts(model, facts).catch(() => undefined)
  }

  /** There is no more to be seen of a model. */
  drop(model: number): void {
    this.#given.delete(model)
  }
}
