import type { PictureLook, Scene } from './types'

/** A scene as an SVG document of its own. */
export function drawSvg(scene: Scene, look: PictureLook, cut: readonly string[] = []): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}"><title>${look.text}${cut.length}</title></svg>`
}
