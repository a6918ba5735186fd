import { drawPicture } from '../../store/graph-view/picture'
import { getState, useStore, type State } from '../../store/state/state'
import { pictureTexts } from '../../texts/model/picture'
import { paperLook } from './look'
import { sheetsFor, type Strip } from './sheets'
import { sizeOfSvg, type PictureSize } from './size'

/** Takes away what is on the page for paper alone. */
let discard: (() => void) | null = null

/**
 * Prints all that is unfolded, in light colours, scaled and cut to fit paper. The picture stays prepared until the view
 * changes, for printing by the browser's menu. Throws CutpointError `no-model` and `not-available`.
 */
export async function printGraph(): Promise<void> {
  if (!discard) await prepare()
  window.print()
}

async function prepare(): Promise<void> {
  const { svg, file, name } = await drawPicture(paperLook())
  const size = sizeOfSvg(svg)
  if (!size) return
  const url = URL.createObjectURL(file)
  const { element, pictures, page } = sheetsOf(svg, size, url, pictureTexts.alt(name))
  document.body.append(element)
  document.adoptedStyleSheets.push(page)
  const unfollow = useStore.subscribe((state, old) => {
    const then = shown(old)
    if (shown(state).some((part, index) => part !== then[index])) discard?.()
  })
  discard = () => {
    discard = null
    unfollow()
    element.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== page)
    URL.revokeObjectURL(url)
  }
  try {
    await Promise.all(pictures.map((picture) => picture.decode()))
  } catch (error) {
    discard()
    throw error
  }
}

interface OnPaper {
  readonly element: HTMLElement
  readonly pictures: readonly HTMLImageElement[]
  /** How the paper lies; not an element, which the page's policy forbids. */
  readonly page: CSSStyleSheet
}

/** The sheets, each with its strips, in one element that print.css shows on paper only. */
function sheetsOf(svg: string, size: PictureSize, url: string, alt: string): OnPaper {
  const right = getState().view.direction === 'right'
  const turned = ({ width, height }: PictureSize): PictureSize =>
    right ? { width: height, height: width } : { width, height }
  const { landscape, scale, sheets } = sheetsFor(turned(size), breaksIn(svg, right))
  const pictures: HTMLImageElement[] = []
  const strip = ({ from, to }: Strip): HTMLElement => {
    const picture = new Image(size.width * scale, size.height * scale)
    picture.src = url
    picture.alt = pictures.length === 0 ? alt : ''
    picture.style.cssText = `margin-${right ? 'left' : 'top'}: ${-from * scale}px`
    pictures.push(picture)
    const cut = turned({ width: turned(size).width * scale, height: (to - from) * scale })
    const part = document.createElement('div')
    part.style.cssText = `width: ${cut.width}px; height: ${cut.height}px`
    part.append(picture)
    return part
  }
  const element = document.createElement('div')
  element.dataset.sheets = right ? 'rows' : 'columns'
  for (const strips of sheets) {
    const sheet = document.createElement('div')
    sheet.append(...strips.map(strip))
    element.append(sheet)
  }
  const page = new CSSStyleSheet()
  page.replaceSync(`@page { size: ${landscape === right ? 'portrait' : 'landscape'} }`)
  return { element, pictures, page }
}

/** Pixels of the picture left free before a box. */
const before = 10

/** Where along the flow a picture may be cut: just before each box. */
function breaksIn(svg: string, right: boolean): number[] {
  const [, x = '0', y = '0'] = /viewBox="(\S+) (\S+)/.exec(svg) ?? []
  const start = Number(right ? x : y)
  const places = svg.matchAll(/<g data-box=[^>]*? transform="translate\(([-\d.]+)[ ,]([-\d.]+)\)"/g)
  return [...places].map(([, left, top]) => Number(right ? left : top) - start - before)
}

/** All that a picture of the graph shows. */
const shown = ({ graph, view, cut }: State): unknown[] => [
  graph,
  cut,
  view.unfolded,
  view.direction,
  view.constants,
  view.colourBy,
]
