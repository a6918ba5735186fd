import { CutpointError } from '../../errors'
import type { PictureLook, SceneRequest } from '../../view/types'
import { fits, sizeOfSvg } from './picture-size'
import { pageLook } from './picture-look'
import { tell } from '../page/notices'
import { saveFile } from '../page/save-file'
import { drawnModel, getState } from '../state/state'
import { viewWorker } from '../workers/workers'

export type PictureKind = 'svg' | 'png'

/** What colours the boxes where that is not their category; told by the canvas. */
let fills: PictureLook['fills'] | null = null

/** Says how boxes are coloured now, by id, as CSS colours; null for their category's. */
export function setPictureFills(colours: Readonly<Record<string, string>> | null): void {
  fills = colours
}

/**
 * Saves all that is unfolded as a picture in the page's colours: as an SVG, or as a PNG of twice its size as far as
 * browsers can make one. Throws CutpointError `no-model` and `not-available`.
 */
export async function savePicture(kind: PictureKind): Promise<void> {
  const { svg, file, name } = await drawPicture()
  const called = `${name.replaceAll(/[^\w.-]+/g, '_')}-graph`
  if (kind === 'svg') saveFile(file, `${called}.svg`)
  else saveFile(await toPng(svg, file), `${called}.png`)
}

/**
 * All that is unfolded as an SVG document, in the page's colours or for paper, with the model's name.
 * Throws CutpointError `no-model` and `not-available`.
 */
export async function drawPicture(lookOf = pageLook): Promise<{ svg: string; file: Blob; name: string }> {
  const { graph } = getState()
  if (!graph) throw new CutpointError('no-model', 'No graph is open.', 'Open a model first.')
  const svg = await viewWorker().picture(graph.id, currentRequest(), lookOf(fills))
  if (svg === null) throw noPicture('The graph was changed while its picture was made.')
  return { svg, file: new Blob([svg], { type: 'image/svg+xml' }), name: graph.name }
}

/** What the view asks for now. */
function currentRequest(): SceneRequest {
  const state = getState()
  const { graph, view } = state
  return {
    unfolded: [...(view.unfolded ?? graph?.overview.opening ?? [])],
    direction: view.direction,
    constants: view.constants,
    cut: (drawnModel(state) && state.cut?.summary.tensors) ?? [],
  }
}

async function toPng(svg: string, file: Blob): Promise<Blob> {
  const size = sizeOfSvg(svg)
  if (!size) throw noPicture('The picture has no size.')
  const { width, height, scale } = fits(size)
  const url = URL.createObjectURL(file)
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode().catch(() => {
      throw noPicture('The browser could not draw the picture.')
    })
    // An element of the page would be encoded only when the page is idle, which may take seconds.
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    const png = await canvas.convertToBlob({ type: 'image/png' }).catch(() => {
      throw noPicture('The picture is too large for this browser.')
    })
    if (scale < 2) tellScaled(scale)
    return png
  } finally {
    URL.revokeObjectURL(url)
  }
}

function tellScaled(scale: number): void {
  tell({
    kind: 'remark',
    title: `The PNG is ${scale < 1 ? 'smaller than the graph on screen' : 'less sharp than usual'}.`,
    text: `At ${Math.round(scale * 100)} % of the graph’s size it is as large as browsers can make one. The SVG is sharp at any size.`,
  })
}

function noPicture(message: string): CutpointError {
  return new CutpointError('not-available', message, 'Fold some groups and try again, or save an SVG.')
}
