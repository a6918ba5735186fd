import { transferHandlers, type TransferHandler } from 'comlink'
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../errors'

interface Thrown {
  value: unknown
}

/**
 * Teaches comlink to carry CutpointErrors whole: its own handler keeps message and stack only. Both ends of every
 * bridge must call it once.
 */
export function carryErrors(): void {
  const plain = transferHandlers.get('throw') as TransferHandler<Thrown, unknown> | undefined
  if (!plain) return
  const handler: TransferHandler<Thrown, ErrorRecord> = {
    canHandle: (value): value is Thrown => plain.canHandle(value),
    serialize: ({ value }) => [toErrorRecord(value), []],
    deserialize: (record) => {
      throw fromErrorRecord(record)
    },
  }
  transferHandlers.set('throw', handler)
}
