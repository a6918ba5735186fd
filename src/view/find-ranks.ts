import { opCategory } from '../graph/ops'
import type { GroupEntry } from './find-groups'
import type { SearchTexts } from './find-texts'
import type { ViewedModel } from './model'

/** What is found, the likelier to be wanted the earlier. */
const kinds = ['recommended', 'canCut', 'group', 'operation', 'constant'] as const
type Kind = (typeof kinds)[number]

/** How near a query comes to a name: the name itself, its last part, its end, and anything else. */
const steps = 4

export const rankCount = steps * kinds.length

/** From 0, the best: first how near the query comes, then what it is. */
export function rankOf(near: number, kind: Kind): number {
  return near * kinds.length + kinds.indexOf(kind)
}

export const nearness = {
  /** Of a node: `text` begins with its name and a line feed, then its op. The op counts as much as the name's last part. */
  ofEntry(text: string, nameEnd: number, wanted: string): number {
    if (text.startsWith(`${wanted}\n`, nameEnd + 1)) return 1
    const start = nameEnd - wanted.length
    if (start < 0 || !text.startsWith(wanted, start)) return 3
    if (start === 0) return 0
    return text[start - 1] === '/' ? 1 : 2
  },
  ofGroup({ path, label }: GroupEntry, wanted: string): number {
    if (path === wanted) return 0
    if (label === wanted || path.endsWith(`/${wanted}`)) return 1
    return path.endsWith(wanted) ? 2 : 3
  },
}

export function kindOf({ facts }: ViewedModel, { nodes, tensors }: SearchTexts, entry: number): Kind {
  if (opCategory(nodes[entry].op) === 'constant') return 'constant'
  const verdict = facts?.verdicts.get(tensors[entry])
  if (verdict?.recommended) return 'recommended'
  return verdict?.canCut ? 'canCut' : 'operation'
}
