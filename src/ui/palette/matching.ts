import type { PaletteItem } from '../../actions/types'
import { actionTexts } from '../../texts/page/actions'

/** Lines whose title, heading or further words hold every word of the query. */
export function matching(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter(({ title, group, words: more }) => {
    const text = `${actionTexts.groups[group]} ${title} ${more}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
