/**
 * Turns hues by a share of their circle and multiplies saturations, up to full ones, in place: what TensorFlow's
 * `adjust_hue` and `adjust_saturation` do, by hue, saturation and value (HSV). Greys stay as they are.
 *
 * @param pixels RGB bytes
 */
export function recolour(pixels: Uint8Array, hue: number, saturation: number): void {
  for (let at = 0; at < pixels.length; at += 3) {
    const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]]
    const value = Math.max(red, green, blue)
    const spread = value - Math.min(red, green, blue)
    if (spread === 0) continue
    const sixth = hueOf(red, green, blue, value, spread) + 6 * hue
    const chroma = Math.min(value, spread * saturation)
    for (let channel = 0; channel < 3; channel++) {
      pixels[at + channel] = Math.round(value - chroma * missing(sixth - 2 * channel))
    }
  }
}

/** In sixths of the circle, from red on. */
function hueOf(red: number, green: number, blue: number, value: number, spread: number): number {
  if (value === red) return (green - blue) / spread
  if (value === green) return 2 + (blue - red) / spread
  return 4 + (red - green) / spread
}

/** How much of a channel is missing at a hue, in sixths of the circle from the channel's own. */
function missing(away: number): number {
  const around = ((away % 6) + 6) % 6
  return Math.min(1, Math.max(0, Math.min(around, 6 - around) - 1))
}
