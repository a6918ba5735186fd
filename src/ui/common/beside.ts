/** Distance from the button and from the edges of the window. */
const gap = 6

/** Puts a panel below its button, or above where there is more room, right edges in line and within the window. */
export function placeBeside(panel: HTMLElement, button: Element): void {
  const { top, bottom, right } = button.getBoundingClientRect()
  const width = Math.min(panel.offsetWidth, window.innerWidth - 2 * gap)
  const below = window.innerHeight - bottom > window.innerHeight * 0.45
  panel.style.left = `${Math.max(gap, right - width)}px`
  panel.style.top = below ? `${bottom + gap}px` : 'auto'
  panel.style.bottom = below ? 'auto' : `${window.innerHeight - top + gap}px`
  panel.style.maxHeight = `${(below ? window.innerHeight - bottom : top) - 2 * gap}px`
}
