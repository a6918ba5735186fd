import { chunkOf, closeRight, evenDepth, packRight } from './pack'
import { mostColumns, mostInner, packedLeft, packedRight, panelRows } from './scratch'
import { Sliding } from './sliding'
import { panel, rowAt } from './tile'

/**
 * The slopes of a filter: a product for each tap, [inputs, places] · [places, outputs], of which the right factor is packed
 * once for all taps.
 */
export function convolutionToFilter(geometry: usize, x: usize, dy: usize, filter: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  const places = at.batch * at.outputHeight * at.outputWidth
  const row = (<usize>at.outputs) << 2
  const right = packedRight()
  const most = chunkOf(places, mostInner)
  for (let column = 0; column < at.outputs; column += mostColumns) {
    const width = min(mostColumns, at.outputs - column)
    for (let from = 0; from < places; from += most) {
      const count = min(most, places - from)
      const depth = evenDepth(count)
      packRight(dy + <usize>from * row + ((<usize>column) << 2), row, 4, count, width, right, depth)
      closeRight(right, count, width, depth)
      for (let tap = 0; tap < at.kernelHeight * at.kernelWidth; tap++) {
        for (let channel = 0; channel < at.inputs; channel += panelRows) {
          const height = min(panelRows, at.inputs - channel)
          for (let index = 0; index < height; index++) {
            rowAt(index).target = filter + <usize>(tap * at.inputs + channel + index) * row
          }
          packPlaces(at, x, tap, channel, height, from, count)
          panel(packedLeft(), right, depth, height, column, width, accumulate || from > 0)
        }
      }
    }
  }
}

/** `height` channels, from `channel` on, of what `count` places see through the tap. */
function packPlaces(at: Sliding, x: usize, tap: i32, channel: i32, height: i32, from: i32, count: i32): void {
  const tapY = tap / at.kernelWidth
  const moveY = tapY * at.dilationY - at.beforeY
  const moveX = (tap - tapY * at.kernelWidth) * at.dilationX - at.beforeX
  const line = from / at.outputWidth
  let placeX = from - line * at.outputWidth
  let picture = line / at.outputHeight
  let placeY = line - picture * at.outputHeight
  let left = packedLeft()
  for (let done = 0; done < count; done++) {
    const inputY = placeY * at.strideY + moveY
    const inputX = placeX * at.strideX + moveX
    if (<u32>inputY < <u32>at.inputHeight && <u32>inputX < <u32>at.inputWidth) {
      const pixel = (picture * at.inputHeight + inputY) * at.inputWidth + inputX
      splatFour(x + ((<usize>pixel * <usize>at.inputs + <usize>channel) << 2), height, left)
    } else memory.fill(left, 0, 64)
    left += 64
    if (++placeX == at.outputWidth) {
      placeX = 0
      if (++placeY == at.outputHeight) {
        placeY = 0
        picture++
      }
    }
  }
  if (count & 1) memory.fill(left, 0, 64)
}

function splatFour(source: usize, count: i32, target: usize): void {
  v128.store(target, v128.load32_splat(source))
  v128.store(target, count > 1 ? v128.load32_splat(source, 4) : f32x4.splat(0), 16)
  v128.store(target, count > 2 ? v128.load32_splat(source, 8) : f32x4.splat(0), 32)
  v128.store(target, count > 3 ? v128.load32_splat(source, 12) : f32x4.splat(0), 48)
}
