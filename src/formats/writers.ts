import { tfjsGraph } from './tfjs-graph/facts'
import type { WriterFacts } from './types'

export type { WriterFacts } from './types'

/**
 * Every format that a graft is written in, in the order of the menu. A new one is a folder, whose `facts.ts` stands here and
 * whose `write.ts` exports the `writer`. The page has this list, so that it holds facts alone; code comes by `loadWriter`.
 */
export const writers = [tfjsGraph] as const satisfies readonly WriterFacts[]

/** One of them, with its name as a type. */
export type ListedWriter = (typeof writers)[number]
