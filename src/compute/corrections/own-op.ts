import type { Tensor } from '@tensorflow/tfjs-core'
import { registerOp } from '@tensorflow/tfjs-converter'
import { opRuns } from '../ops'

const running = new Set<Promise<unknown>>()

/**
 * Puts the operations of our own in the place of tfjs'. Where another operation of the graph throws while one takes its time,
 * tfjs waits for it no more: what goes wrong in it is then not told, and who runs the graph waits for it with `ownOpsDone`.
 */
export function registerOwnOps(): void {
  for (const [op, { own }] of opRuns) {
    if (own) registerOp(op, (node) => awaited(own(node)))
  }
}

function awaited(result: Tensor | Tensor[] | Promise<Tensor[]>): Tensor | Tensor[] | Promise<Tensor[]> {
  if (!(result instanceof Promise)) return result
  running.add(result)
  const done = (): void => void running.delete(result)
  result.then(done, done)
  return Unasked.resolve(result)
}

/** Resolves when no operation of our own runs any more, be it that it failed. */
export async function ownOpsDone(): Promise<void> {
  while (running.size > 0) await Promise.allSettled(running)
}

/** A promise whose rejection is told to those who wait for it, or for one that is made from it, and else to nobody. */
class Unasked<T> extends Promise<T> {
  override then<Result = T, Other = never>(
    onResult?: ((value: T) => Result | PromiseLike<Result>) | null,
    onError?: ((error: unknown) => Other | PromiseLike<Other>) | null,
  ): Promise<Result | Other> {
    const next = super.then(onResult, onError)
    void super.then.call(next, undefined, () => undefined)
    return next
  }
}
