/** Folders whose names are nearly the same, which nobody sees by looking at them. */
import { labelAt } from './levels'
import type { NearNames } from './types'

/** @param folders of each picture that is labelled by its folders, from the top */
export function nearNames(folders: readonly (readonly string[])[], level: readonly number[]): NearNames {
  const written = new Map<string, Set<string>>()
  for (const names of folders) {
    const label = labelAt(names, level)
    if (label === null) continue
    const used = level.length === 1 ? [names[Math.min(level[0], names.length - 1)]] : level.map((depth) => names[depth])
    const name = used.filter(Boolean).join(' ') || (names.at(-1) ?? '')
    written.set(label, (written.get(label) ?? new Set()).add(name))
  }
  const byCase = new Map<string, string[]>()
  for (const label of written.keys()) {
    const same = label.toLowerCase()
    byCase.set(same, [...(byCase.get(same) ?? []), label])
  }
  return {
    joined: [...written].flatMap(([label, names]) => (names.size > 1 ? [{ label, names: [...names] }] : [])),
    apart: [...byCase.values()].filter((labels) => labels.length > 1),
  }
}
