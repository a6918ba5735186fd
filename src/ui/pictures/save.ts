import { drawPicture, noPicture } from '../../store/graph-view/picture'
import { tell } from '../../store/page/notices'
import { saveFile } from '../../store/page/save-file'
import { pictureTexts } from '../../texts/model/picture'
import { pageLook } from './look'
import { fits, sizeOfSvg } from './size'

export type PictureKind = 'svg' | 'png'

/**
 * Saves all that is unfolded as a picture in the page's colours: as an SVG, or as a PNG of twice its size as far as
 * browsers can make one. Throws CutpointError `no-model` and `not-available`.
 */
export async function savePicture(kind: PictureKind): Promise<void> {
  const { svg, file, name } = await drawPicture(pageLook())
  const called = `${name.replaceAll(/[^\w.-]+/g, '_')}-graph`
  if (kind === 'svg') saveFile(file, `${called}.svg`)
  else saveFile(await toPng(svg, file), `${called}.png`)
}

async function toPng(svg: string, file: Blob): Promise<Blob> {
  const size = sizeOfSvg(svg)
  if (!size) throw noPicture(pictureTexts.noSize)
  const { width, height, scale } = fits(size)
  const url = URL.createObjectURL(file)
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode().catch(() => {
      throw noPicture(pictureTexts.notDrawn)
    })
    // An element of the page would be encoded only when the page is idle, which may take seconds.
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    const png = await canvas.convertToBlob({ type: 'image/png' }).catch(() => {
      throw noPicture(pictureTexts.tooLarge)
    })
    const { scaledTitle, scaledText } = pictureTexts
    if (scale < 2) tell({ kind: 'remark', title: scaledTitle(scale), text: scaledText(scale) })
    return png
  } finally {
    URL.revokeObjectURL(url)
  }
}
