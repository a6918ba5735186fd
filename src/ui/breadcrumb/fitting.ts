import { shorten } from '../../graph/op-tables/text'
import { textWidth } from '../../view/text-width'
import type { Crumb } from '../../view/describe/types'

/** A crumb as it is shown, or the dots for those left out. */
export type ShownCrumb =
  { readonly crumb: Crumb; readonly text: string } | { readonly crumb: null; readonly left: readonly Crumb[] }

/** Pixels, as the stylesheet has them. */
const type = { size: 12.5, around: 10, edge: 18, separator: 13, dots: 14 } as const
/** Names are not made shorter than this many characters, but left out. */
const fewest = 10

const widthOf = (text: string): number => textWidth(text, type.size) + type.around + type.separator

/**
 * The crumbs that fit in one line before the last part, which is never shortened for them: the longest names are
 * shortened first, and where that is not enough, those in the middle are left out, the outermost being the last to go.
 * @param room for all, in pixels
 */
export function fittingCrumbs(crumbs: readonly Crumb[], here: string | undefined, room: number): ShownCrumb[] {
  const free = room - type.edge - (here === undefined ? 0 : textWidth(here, type.size, true) + type.around)
  for (let left = 0; left <= crumbs.length; left++) {
    // The first stays as long as another does.
    const start = left < crumbs.length - 1 ? Math.min(1, crumbs.length) : 0
    const shown = [...crumbs.slice(0, start), ...crumbs.slice(start + left)]
    const texts = shortened(
      shown.map(({ label }) => label),
      free - (left > 0 ? type.dots + type.separator : 0),
    )
    if (!texts && left < crumbs.length) continue
    const named = shown.map((crumb, i): ShownCrumb => ({ crumb, text: texts?.[i] ?? crumb.label }))
    if (left > 0) named.splice(start, 0, { crumb: null, left: crumbs.slice(start, start + left) })
    return named
  }
  return []
}

/** The names, the longest ones shortened until all fit; null where they cannot. */
function shortened(names: readonly string[], room: number): string[] | null {
  const longest = Math.max(fewest, ...names.map((name) => name.length))
  for (let length = longest; length >= fewest; length--) {
    const texts = names.map((name) => shorten(name, length))
    if (texts.reduce((sum, text) => sum + widthOf(text), 0) <= room) return texts
  }
  return null
}
