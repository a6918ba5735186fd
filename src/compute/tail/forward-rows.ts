import { indexGraph } from '../../graph/lookup/graph-index'
import { dataNodes } from '../../graph/tail/flow'
import type { Tail } from '../../graph/tail/types'
import type { Pace } from '../head/pace'
import { tailOps } from './ops'
import { TailProgram } from './program'

/** Rows that go through together. */
const rowsAtOnce = 16

/** Whether a tail consists of operations that programs have. */
export function isComputed({ graph, output, freeze }: Tail): boolean {
  const input = freeze.split(':')[0]
  return dataNodes(indexGraph(graph), output).every(
    ({ name, op, weight }) => weight !== undefined || name === input || tailOps.has(op),
  )
}

/**
 * What a tail gives for rows `[rows, length]`, one after the other; each is only good until the next is asked for. Throws
 * CutpointError `cannot-tune` for what is no such tail, `no-memory`, and what the pace throws.
 */
export async function* forwardRows(
  tail: Tail,
  rows: Float32Array,
  length: number,
  pace: Pace,
): AsyncGenerator<Float32Array> {
  const count = rows.length / length
  const program = await TailProgram.open(tail, { batch: Math.min(rowsAtOnce, count), memories: 0 })
  const rowAt = (row: number): Float32Array => rows.subarray(row * length, (row + 1) * length)
  try {
    for (let first = 0; first < count; first += program.batch) {
      const places = Array.from({ length: Math.min(program.batch, count - first) }, (_, at) => first + at)
      program.load(places, rowAt)
      await program.forward(pace)
      const given = program.outputLength
      for (const at of places.keys()) yield program.output.slice(at * given, (at + 1) * given)
    }
  } finally {
    program.dispose()
  }
}
