import { expose } from 'comlink'
import { createLayouter, type Layouter } from '../layout/layouter'
import type { LayoutEngine } from '../layout/types'
import { scopeTree } from '../graph/scopes'
import { nextTask } from '../next-task'
import { carryErrors } from './errors'

carryErrors()

class Overtaken extends Error {}

/** Work goes on this long before newer messages are looked at, in milliseconds. */
const patience = 12

let layouter: Layouter | null = null
let newest = 0

const engine: LayoutEngine = {
  open(graph) {
    newest += 1
    layouter = createLayouter(graph, scopeTree(graph))
    return Promise.resolve()
  },
  async layout(unfolded) {
    const request = ++newest
    if (!layouter) return null
    let rested = performance.now()
    const pause = async () => {
      if (performance.now() - rested < patience) return
      await nextTask()
      rested = performance.now()
      if (request !== newest) throw new Overtaken()
    }
    try {
      return await layouter.layout(new Set(unfolded), pause)
    } catch (error) {
      if (error instanceof Overtaken) return null
      throw error
    }
  },
}

expose(engine)
