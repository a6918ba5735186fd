import type { Tensor } from '@tensorflow/tfjs-core'
import { registerOp } from '@tensorflow/tfjs-converter'

/** How a node of an operation of our own comes; what tfjs declares of it is not exported. */
export type OpNode = Parameters<Parameters<typeof registerOp>[1]>[0]

const running = new Set<Promise<unknown>>()

/**
 * Puts an operation of our own in the place of tfjs', one that takes its time. Where another operation of the graph throws
 * meanwhile, tfjs waits for it no more: what goes wrong in it is then not told, and who runs the graph waits for it with
 * `ownOpsDone`.
 */
export function registerOwnOp(op: string, work: (node: OpNode) => Promise<Tensor[]>): void {
  registerOp(op, (node) => {
    const result = work(node)
    running.add(result)
    const done = (): void => void running.delete(result)
    result.then(done, done)
    return Unasked.resolve(result)
  })
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
