import type { Edge } from '../../layout/types'

/** The most lines between two boxes that are drawn one by one. */
const most = 6

export interface Bundled {
  readonly lines: readonly Edge[]
  /** Each stands for all lines between its two boxes. */
  readonly bundles: readonly Edge[]
}

/**
 * Where many tensors go from one box to another, the line in the middle stands for all: hundreds would be a grey wedge.
 * @param apart whether a tensor's line is drawn in any case
 */
export function bundled(edges: readonly Edge[], apart: (tensor: string) => boolean): Bundled {
  const between = new Map<string, Edge[]>()
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}`
    const known = between.get(key)
    if (known) known.push(edge)
    else between.set(key, [edge])
  }
  const lines: Edge[] = []
  const bundles: Edge[] = []
  for (const together of between.values()) {
    if (together.length <= most) {
      lines.push(...together)
      continue
    }
    lines.push(...together.filter(({ tensor }) => apart(tensor)))
    bundles.push(together[Math.floor(together.length / 2)])
  }
  return { lines, bundles }
}
