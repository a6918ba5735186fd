import { arranging } from './arranging'
import { control } from './control'
import { elementwise } from './elementwise'
import { image } from './image'
import { layers } from './layers'
import type { OpRun } from './types'

/** How operations are run, for those of which TensorFlow.js' own way is not the whole truth; a new family is a line here. */
export const opRuns: ReadonlyMap<string, OpRun> = new Map(
  [arranging, control, elementwise, image, layers].flatMap((family) => [...family]),
)
