import { CutpointError } from '../../errors'
import { pictureTexts } from '../../texts/model/picture'
import { drawnModel, getState } from '../state/state'
import { viewWorker } from '../workers/workers'
import type { SceneRequest } from '../../view/scene/types'
import type { PictureLook } from '../../view/svg/types'

/**
 * All that is unfolded as an SVG document in the given colours, with the model's name. Throws CutpointError `no-model` and
 * `not-available`.
 */
export async function drawPicture(look: PictureLook): Promise<{ svg: string; file: Blob; name: string }> {
  const { graph } = getState()
  if (!graph) throw new CutpointError('no-model', pictureTexts.noGraph, pictureTexts.noGraphNext)
  const svg = await viewWorker().picture(graph.id, currentRequest(), look)
  if (svg === null) throw noPicture(pictureTexts.changed)
  return { svg, file: new Blob([svg], { type: 'image/svg+xml' }), name: graph.name }
}

/** What is thrown where a picture cannot be made. */
export const noPicture = (why: string): CutpointError => new CutpointError('not-available', why, pictureTexts.next)

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
