import { CutpointError } from '../../errors'

/**
 * What a call of a fake worker does, beside what it always does: nothing, wait for something, for ever or to be cancelled,
 * or fail.
 */
export type Fate = 'answers' | 'hangs' | 'obeys' | 'dies' | Promise<unknown> | CutpointError

/** What becomes of a call, by the number of the life (from 1) and of the call in it (from 1). */
export type FateOf = (life: number, call: number, name: string, args: readonly unknown[]) => Fate

/** A fake worker, as far as its calls meet their fate. */
export interface Mortal {
  /** Rejects when the worker is ended or has died. */
  readonly ended: Promise<never>
  readonly terminated: boolean
  die(): void
}

/** Resolves when a call may be answered; what is cancelled in its worker is that worker's to see to. */
export async function meet(fate: Exclude<Fate, 'obeys'>, worker: Mortal): Promise<void> {
  if (fate instanceof CutpointError) throw fate
  // As a real one does, in a task of its own.
  if (fate === 'dies') setImmediate(() => worker.die())
  if (fate instanceof Promise) await Promise.race([fate, worker.ended])
  else if (fate !== 'answers' || worker.terminated) await worker.ended
  else await Promise.race([Promise.resolve(), worker.ended])
}
