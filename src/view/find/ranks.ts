import type { GroupEntry } from './groups'

/** What is found, the likelier to be wanted the earlier. */
export const kinds = ['recommended', 'canCut', 'group', 'operation', 'constant'] as const
export type ResultKind = (typeof kinds)[number]

const groupKind = kinds.indexOf('group')

/** How near a query comes to a name: the name itself, its last part, its end, and anything else. */
const steps = 4
/** How many ranks there are. */
export const rankCount = steps * kinds.length

/** Ranks from 0, the best: first how near the query comes to a name, then what it is. */
export interface Ranks {
  /** Of a node: `text` begins with its name and a line feed, then its op. @param kind a number in `kinds` */
  ofEntry(text: string, nameEnd: number, kind: number): number
  ofGroup(entry: GroupEntry): number
}

/** @param wanted the words of the query, lower-cased */
export function ranksFor(wanted: string): Ranks {
  const wholeLine = `${wanted}\n`
  const { length } = wanted
  /** An op counts as much as the last part of a name. */
  const nearness = (text: string, nameEnd: number): number => {
    if (nameEnd >= length && text.startsWith(wanted, nameEnd - length)) {
      if (nameEnd === length) return 0
      if (text[nameEnd - length - 1] === '/') return 1
      return text.startsWith(wholeLine, nameEnd + 1) ? 1 : 2
    }
    return text.startsWith(wholeLine, nameEnd + 1) ? 1 : 3
  }
  const ofGroup = ({ path, label }: GroupEntry): number => {
    if (path === wanted) return 0
    if (label === wanted || path.endsWith(`/${wanted}`)) return 1
    return path.endsWith(wanted) ? 2 : 3
  }
  return {
    ofEntry: (text, nameEnd, kind) => nearness(text, nameEnd) * kinds.length + kind,
    ofGroup: (entry) => ofGroup(entry) * kinds.length + groupKind,
  }
}
