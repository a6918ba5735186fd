import type { CutSummary, TensorValue } from '../../types'
import type { FreezePoints } from '../../graph/tail/types'
import { tuningModule } from '../tuning/load'
import { makeCut } from '../model/cut'
import { prepareRun, runPrepared } from '../run/run-graph'
import type { SessionParts } from './parts'

/** What can be done with the open model's graph: cutting it, and running parts of it. */
export function networkCalls({ turns, held, runners }: Pick<SessionParts, 'turns' | 'held' | 'runners'>) {
  return {
    /**
     * Cuts the model of that number at the tensors given. Throws `cancelled` where another has been opened meanwhile,
     * `no-such-tensor` with the nearest names, or `cannot-cut` with the reason.
     */
    cut: (model: number, tensors: readonly string[]): Promise<CutSummary> =>
      turns.inTurn(() => {
        const { analysed } = held.model(model)
        const made = makeCut(analysed, tensors)
        held.cut = tensors
        runners.drop()
        return made
      }),

    /** Takes the cut of the model of that number away; a head that is trained keeps its own. Throws `cancelled`. */
    uncut: (model: number): Promise<void> =>
      turns.inTurn(() => {
        held.model(model)
        held.cut = []
        runners.drop()
      }),

    /** Where training the network itself can begin, before the present cut of the model of that number. Throws `cancelled`. */
    freezePoints: (model: number): Promise<FreezePoints> =>
      turns.inTurn(async () => {
        const { analysed } = held.model(model)
        return (await tuningModule()).freezePointsOf(analysed, held.cut)
      }),

    /** Runs any part of the graph on values given by name. Throws `no-such-tensor`, `bad-feed` or `run-failed`. */
    run: (
      job: string,
      feeds: Record<string, TensorValue>,
      fetches: readonly string[],
      options: { readonly optimise: boolean } = { optimise: true },
    ): Promise<Record<string, TensorValue>> =>
      turns.job(job, async (context) => {
        const { analysed } = held.model()
        const prepared = prepareRun(analysed, feeds, fetches)
        context.progress('Running the network', 0, 0)
        await runners.chooseBackend(prepared.graph)
        await context.yieldTurn()
        return runPrepared(prepared, analysed, { ...options, checkCancelled: () => context.checkCancelled() })
      }),
  }
}
