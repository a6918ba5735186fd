import type { LayerFacts } from './layer-facts'
import type { Pattern, PatternKind } from './types'
import { isClosed, nameOf, namesOf, staysInside, type Op, type Value, type Wiring } from './wiring'

/** A pattern on its way: with its ops at hand, the tensor it starts from and the one that leaves it. */
export interface PatternPiece {
  readonly pattern: Pattern
  readonly ops: ReadonlySet<Op>
  /** What it works on. */
  readonly input: Value
  readonly output: Value
  /** The convolutions and dense layers in it, in the order of the data. */
  readonly layers: readonly LayerFacts[]
}

export type PieceOrOp = PatternPiece | Op

/** Whether a part of a block is a pattern that was found, not a single op. */
export const isPiece = (part: PieceOrOp): part is PatternPiece => 'pattern' in part

/** The patterns found so far, the outermost ones, by what they are made of. */
export interface Pieces {
  readonly of: (op: Op) => PatternPiece | undefined
  /** The piece that a tensor leaves. */
  readonly making: (value: Value) => PatternPiece | undefined
  /** The piece that is the only one to take a tensor, as what it works on. */
  readonly after: (value: Value) => PatternPiece | undefined
  readonly add: (piece: PatternPiece) => void
  /** The outermost ones, in the order of the graph's nodes. */
  readonly all: () => readonly PatternPiece[]
}

/** An empty collection for the ops of one graph. A piece that is added takes the place of those inside it. */
export function collectPieces(wiring: Wiring): Pieces {
  const byPosition = Array.from<PatternPiece | undefined>({ length: wiring.size })
  const of = (op: Op): PatternPiece | undefined => byPosition[op.position]
  return {
    of,
    making: (value) => {
      const piece = value.maker && of(value.maker)
      return piece?.output === value ? piece : undefined
    },
    after: (value) => {
      const taker = value.takers.at(0)
      const piece = taker && of(taker)
      return piece?.input === value && staysInside(value, piece.ops) ? piece : undefined
    },
    add: (piece) => {
      for (const op of piece.ops) byPosition[op.position] = piece
    },
    all: () => [...new Set(byPosition.filter((piece) => piece !== undefined))],
  }
}

/**
 * A block made of pieces and single ops in the order of the data; null if something else takes what is made inside.
 */
export function block(
  kind: PatternKind,
  title: string,
  input: Value,
  parts: readonly PieceOrOp[],
  output: Value,
): PatternPiece | null {
  const ops = new Set<Op>()
  for (const part of parts) {
    if (isPiece(part)) for (const op of part.ops) ops.add(op)
    else ops.add(part)
  }
  if (!isClosed(ops, output)) return null
  const pieces = parts.filter(isPiece)
  const inner = pieces.map(({ pattern }) => pattern)
  const layers = pieces.flatMap((piece) => piece.layers)
  return { input, output, ops, layers, pattern: { kind, title, nodes: namesOf(ops), inner, output: nameOf(output) } }
}
