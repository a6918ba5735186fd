import type { GraphNode } from '../types'
import type { Pattern, PatternKind } from './types'
import { isClosed, staysInside, usesOf, type Wiring } from './wiring'

/** A pattern on its way: with its nodes at hand, and the tensor it starts from. */
export interface Piece {
  readonly pattern: Pattern
  readonly nodes: ReadonlySet<GraphNode>
  /** What it works on. */
  readonly input: string
}

/** The patterns found so far, the outermost ones, by what they are made of. */
export interface Pieces {
  readonly of: (node: GraphNode) => Piece | undefined
  /** The piece that a tensor leaves. */
  readonly making: (tensor: string) => Piece | undefined
  /** The piece that is the only one to take a tensor, as what it works on. */
  readonly after: (tensor: string) => Piece | undefined
  readonly add: (piece: Piece) => void
  readonly all: () => readonly Piece[]
}

export function collectPieces(wiring: Wiring): Pieces {
  const byNode = new Map<GraphNode, Piece>()
  const byOutput = new Map<string, Piece>()
  return {
    of: (node) => byNode.get(node),
    making: (tensor) => byOutput.get(tensor),
    after: (tensor) => {
      const [use] = usesOf(wiring, tensor)
      // Arrays are typed as if they had no end.
      const piece = (use as typeof use | undefined) && byNode.get(use.node)
      return piece?.input === tensor && staysInside(wiring, tensor, piece.nodes) ? piece : undefined
    },
    add: (piece) => {
      for (const node of piece.nodes) {
        const before = byNode.get(node)
        if (before && before !== piece) byOutput.delete(before.pattern.output)
        byNode.set(node, piece)
      }
      byOutput.set(piece.pattern.output, piece)
    },
    all: () => [...new Set(byNode.values())],
  }
}

/**
 * A block made of pieces and single nodes in the order of the data; null if something else takes what is made inside.
 */
export function block(
  wiring: Wiring,
  kind: PatternKind,
  title: string,
  input: string,
  parts: readonly (Piece | GraphNode)[],
  output: string,
): Piece | null {
  const nodes = new Set<GraphNode>()
  const inner: Pattern[] = []
  for (const part of parts) {
    if ('pattern' in part) {
      inner.push(part.pattern)
      for (const node of part.nodes) nodes.add(node)
    } else {
      nodes.add(part)
    }
  }
  if (!isClosed(wiring, nodes, output)) return null
  return { input, nodes, pattern: { kind, title, nodes: [...nodes].map(({ name }) => name), inner, output } }
}
