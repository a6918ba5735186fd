// What the other files share: one fused step of a product, addresses in panels, sums over lanes.

export function splat(pointer: usize): v128 {
  return v128.load32_splat(pointer)
}

export function fused(sum: v128, left: v128, right: v128): v128 {
  return f32x4.add(sum, f32x4.mul(left, right))
}

/** Address of element (row, 0) of a matrix in panels: the lane is the row's last two bits. */
export function rowAddress(data: usize, stride: i32, row: i32): usize {
  return data + ((<usize>(row >> 2) * <usize>stride) << 4) + ((<usize>(row & 3)) << 2)
}

/** Sums of the four vectors' lanes, one a lane. */
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

export function put(target: usize, value: v128, accumulate: bool): void {
  v128.store(target, accumulate ? f32x4.add(v128.load(target), value) : value)
}
