export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Pixels of the picture for each of the graph's. */
const sharp = 2
/** The longest side of a canvas in today's browsers. */
const longestSide = 16_384
/** Pixels of a canvas that all of them can make: 64 Mi, which take 256 MB. */
const mostPixels = 67_108_864

/** The size of a PNG of a graph, in pixels, and how many pixels of it stand for one of the graph's. */
export function fits({ width, height }: PictureSize): PictureSize & { readonly scale: number } {
  const scale = Math.min(sharp, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)))
  return { width: pixels(width * scale), height: pixels(height * scale), scale }
}

/** The size an SVG document says it has; null where it says none. */
export function sizeOfSvg(svg: string): PictureSize | null {
  const [root] = /<svg\b[^>]*>/.exec(svg) ?? ['']
  const number = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1])
  const [width, height] = [number('width'), number('height')]
  return width > 0 && height > 0 ? { width, height } : null
}

const pixels = (length: number): number => Math.max(1, Math.floor(length))
