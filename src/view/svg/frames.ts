import { type, wholeName, type BoxState } from './boxes'
import { mixed } from './colours'
import { escaped, fitted, round, textWidth } from '../text-width'
import type { SceneBox } from '../scene/types'
import type { PictureLook } from './types'

/** Room beside a frame's title, in pixels. */
const margin = 12
const gap = 8
/** Less room than this is left empty. */
const leastRoom = 40

/** The background of an unfolded group. */
export function drawFrame({ x, y, width, height, depth }: SceneBox, look: PictureLook): string {
  const fill = depth % 2 === 0 ? look.frame : mixed(look.frame, look.background, 0.4)
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
  return `<rect ${place} rx="8" fill="${escaped(fill)}"/>\n`
}

/** What is written on a frame; above the lines, so that they do not strike it through. */
export function drawFrameText(box: SceneBox, { faded }: BoxState): string {
  const room = box.width - 2 * margin
  const title = fitted(box.title, room, type.title, true)
  const rest = [box.label, ...box.lines].filter(Boolean).join(' · ')
  const state = faded ? ' class="faded"' : ''
  const place = `x="${round(box.x + margin)}" y="${round(box.y + 21)}"`
  const left = room - textWidth(title, type.title, true) - gap
  const quiet =
    rest && left > leastRoom ? `<tspan dx="${gap}" class="q">${escaped(fitted(rest, left, type.line))}</tspan>` : ''
  return (
    `<g data-box="${escaped(box.id)}"${state}><title>${wholeName(box)}</title>` +
    `<text ${place} class="f"><tspan class="t">${escaped(title)}</tspan>${quiet}</text></g>\n`
  )
}
