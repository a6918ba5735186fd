import type { OpCategory } from '../../graph/op-tables/ops'
import type { PictureLook } from '../../view/svg/types'

const categories: readonly OpCategory[] = [
  'convolution',
  'matmul',
  'normalisation',
  'activation',
  'pool',
  'elementwise',
  'shape',
  'reduction',
  'control',
  'input',
  'constant',
  'image',
  'other',
]

/** What colours the boxes where that is not their category; told by the canvas. */
let fills: PictureLook['fills'] | null = null

/** Says how boxes are coloured now, by id, as CSS colours; null for their category's. */
export function setPictureFills(colours: Readonly<Record<string, string>> | null): void {
  fills = colours
}

/** The light colours, on white, whatever the page's are now. */
export function paperLook(): PictureLook {
  const { dataset } = document.documentElement
  const { theme } = dataset
  // Nothing is painted before it is as it was: all happens in one task.
  dataset.theme = 'light'
  try {
    return { ...pageLook(), background: '#ffffff' }
  } finally {
    if (theme === undefined) delete dataset.theme
    else dataset.theme = theme
  }
}

/** The page's colours as they are now, light or dark, for a picture that stands alone. */
export function pageLook(): PictureLook {
  return withResolver((colour) => {
    const named = (name: string): string => colour(`var(--${name})`)
    const look: PictureLook = {
      background: named('surface-0'),
      box: named('surface-1'),
      frame: colour('color-mix(in srgb, var(--surface-1) 55%, var(--surface-0))'),
      border: named('border-strong'),
      text: named('text'),
      quiet: named('text-muted'),
      line: named('edge'),
      cut: named('cut'),
      categories: Object.fromEntries(categories.map((one) => [one, named(`cat-${one}`)])) as PictureLook['categories'],
    }
    if (!fills) return look
    return { ...look, fills: Object.fromEntries(Object.entries(fills).map(([id, fill]) => [id, colour(fill)])) }
  })
}

/** Works with a function that turns a CSS colour, custom properties and all, into `#rrggbb`; each is looked up once. */
function withResolver<T>(work: (colour: (css: string) => string) => T): T {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const known = new Map<string, string>()
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const resolve = (css: string): string => {
    probe.style.color = ''
    probe.style.color = css
    const computed = getComputedStyle(probe).color
    if (!canvas) return computed
    // Painted, since what is computed may be in a notation that only browsers read.
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = computed
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data
    return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`
  }
  try {
    return work((css) => {
      const found = known.get(css) ?? resolve(css)
      known.set(css, found)
      return found
    })
  } finally {
    probe.remove()
  }
}
