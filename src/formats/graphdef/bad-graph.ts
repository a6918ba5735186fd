import { CutpointError } from '../../errors'

/** The error for a topology that is JSON but not a GraphDef; `where` names file and node. */
export function badGraph(where: string, what: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('bad-graph', `${where}: ${what}.`, 'Convert the model again, or use another copy of it.', {
    where,
    ...details,
  })
}
