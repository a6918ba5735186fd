import { patternName, patternSentence } from '../../graph/patterns'
import type { ScopeInfo } from '../../graph/types'
import type { Group, GroupLook } from '../../layout/group/grouping'

/** What a group is, in a word or two and in a sentence where that helps. */
export interface GroupKind {
  readonly what: string
  readonly sentence: string | null
}

const kinds: Readonly<Record<GroupLook, GroupKind>> = {
  scope: { what: 'Scope', sentence: null },
  run: {
    what: 'Run of operations',
    sentence: 'Operations in the order of the data, put together because there are too many for one picture.',
  },
  pattern: { what: 'Pattern', sentence: 'Operations that belong together.' },
  blocks: { what: 'Repeated blocks', sentence: 'The same block of operations, several times in a row.' },
  function: { what: 'Function', sentence: 'Operations that are called by name from elsewhere in the graph.' },
  loop: { what: 'While loop', sentence: 'Operations that run again and again until a condition no longer holds.' },
}

/** @param layer what the scope was, in formats that are made of layers */
export function kindOfGroup(group: Group, layer: ScopeInfo | undefined): GroupKind {
  if (group.path === '') return { what: 'Graph', sentence: null }
  if (layer) return { what: layer.layerClass, sentence: null }
  if (group.pattern) return { what: patternName(group.pattern), sentence: patternSentence(group.pattern) }
  return kinds[group.look]
}
