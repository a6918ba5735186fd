import { drawBox, groupClips, type BoxState } from './boxes'
import { drawFrame, drawFrameText } from './frames'
import { drawCutLines, drawEdges } from './lines'
import { drawPorts } from './ports'
import { escaped, round } from '../text-width'
import type { Scene, SceneBox } from '../scene/types'
import type { PictureLook } from './types'

/** Around the graph, in pixels; the cut's line sticks out into it. */
const margin = 32

/**
 * A scene as an SVG document that stands alone: frames, lines, boxes and tensors as on screen. Each box is a `g` with its
 * id in `data-box` and its whole name as `title`. Names may hold anything.
 * @param cut the tensors at which the cut is drawn
 */
export function drawSvg(scene: Scene, look: PictureLook, cut: readonly string[] = []): string {
  const isCut = new Set(cut)
  const lit = scene.marks.lit && new Set(scene.marks.lit)
  const hiding = new Set(scene.marks.cutInside)
  const stateOf = ({ id }: SceneBox): BoxState => ({ faded: lit !== null && !lit.has(id), hidesCut: hiding.has(id) })
  const frames = scene.boxes.filter((box) => box.unfolded)
  const boxes = scene.boxes.filter((box) => !box.unfolded)
  const width = round(scene.width + 2 * margin)
  const height = round(scene.height + 2 * margin)
  const size = `viewBox="${-margin} ${-margin} ${width} ${height}" width="${width}" height="${height}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="system-ui, sans-serif">\n`,
    `<title>${escaped(titleOf(boxes, cut))}</title>\n<style>${styles(look)}</style>\n`,
    `<defs>${groupClips(boxes)}</defs>\n`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${escaped(look.background)}"/>\n`,
    `<g stroke="${escaped(look.border)}">\n`,
    ...frames.map((frame) => drawFrame(frame, look)),
    '</g>\n',
    drawEdges(scene, isCut, look),
    ...frames.map((frame) => drawFrameText(frame, stateOf(frame))),
    ...boxes.map((box) => drawBox(box, stateOf(box), look)),
    ...boxes.map((box) => drawPorts(box, scene.direction, stateOf(box).faded, isCut, look)),
    drawCutLines(scene, cut, look),
    '</svg>\n',
  ].join('')
}

function titleOf(boxes: readonly SceneBox[], cut: readonly string[]): string {
  const count = `A network’s graph in ${boxes.length} ${boxes.length === 1 ? 'box' : 'boxes'}`
  return cut.length === 0 ? count : `${count}, cut at ${cut.join(' and ')}`
}

/** Titles, lines, bold and quiet text, and text on a frame, which has the frame's colour around it. */
function styles({ text, quiet, frame }: PictureLook): string {
  return [
    '.t{font-size:12px;font-weight:650}',
    '.l{font-size:11px}',
    '.b{font-weight:650}',
    `.q{font-size:11px;fill:${quiet}}`,
    `.f{stroke:${frame};stroke-width:4px;paint-order:stroke;stroke-linejoin:round}`,
    `.f .t{fill:${text}}`,
    '.faded{opacity:.4}',
  ]
    .map((rule) => escaped(rule))
    .join('')
}
