import { fused, put, rowAddress, splat } from './lanes'

/** `panels` panels of target (+)= left · right, `inner` being the columns of left. */
export function times(
  left: usize,
  leftStride: i32,
  inner: i32,
  right: usize,
  rightStride: i32,
  columns: i32,
  target: usize,
  targetStride: i32,
  panels: i32,
  accumulate: bool,
): void {
  const leftStep = (<usize>leftStride) << 4
  const targetStep = (<usize>targetStride) << 4
  let panel = 0
  for (; panel <= panels - 8; panel += 8) {
    let column = 0
    for (; column <= columns - 4; column += 4) {
      for (let pair = 0; pair < 8; pair += 2) {
        timesTwoByFour(
          left + <usize>pair * leftStep,
          leftStep,
          inner,
          right + ((<usize>column) << 4),
          rightStride,
          target + <usize>pair * targetStep + ((<usize>column) << 4),
          targetStep,
          accumulate,
        )
      }
    }
    for (; column < columns; column++) {
      timesEightByOne(
        left,
        leftStep,
        inner,
        right + ((<usize>column) << 4),
        rightStride,
        target + ((<usize>column) << 4),
        targetStep,
        accumulate,
      )
    }
    left += 8 * leftStep
    target += 8 * targetStep
  }
  for (; panel <= panels - 2; panel += 2) {
    let column = 0
    for (; column <= columns - 4; column += 4) {
      const offset = (<usize>column) << 4
      timesTwoByFour(left, leftStep, inner, right + offset, rightStride, target + offset, targetStep, accumulate)
    }
    for (; column < columns; column++) {
      const offset = (<usize>column) << 4
      timesOneByOne(left, inner, right + offset, rightStride, target + offset, accumulate)
      timesOneByOne(left + leftStep, inner, right + offset, rightStride, target + targetStep + offset, accumulate)
    }
    left += 2 * leftStep
    target += 2 * targetStep
  }
  if (panel < panels) {
    for (let column = 0; column < columns; column++) {
      const offset = (<usize>column) << 4
      timesOneByOne(left, inner, right + offset, rightStride, target + offset, accumulate)
    }
  }
}

/** One panel by one column, for what the others leave over. */
function timesOneByOne(left: usize, inner: i32, right: usize, rightStride: i32, target: usize, accumulate: bool): void {
  let sum = f32x4.splat(0)
  for (let index = 0; index < inner; index++) {
    sum = fused(sum, v128.load(left + ((<usize>index) << 4)), splat(rowAddress(right, rightStride, index)))
  }
  put(target, sum, accumulate)
}

/** Two panels by four columns: eight sums in registers. */
function timesTwoByFour(
  left: usize,
  leftStep: usize,
  inner: i32,
  right: usize,
  rightStride: i32,
  target: usize,
  targetStep: usize,
  accumulate: bool,
): void {
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b0 = a0
  let b1 = a0
  let b2 = a0
  let b3 = a0
  const rightStep = ((<usize>rightStride) << 4) - 12
  const second = left + leftStep
  const end = left + ((<usize>inner) << 4)
  const difference = second - left
  let lane = 0
  while (left < end) {
    const a = v128.load(left)
    const b = v128.load(left + difference)
    const w0 = splat(right)
    a0 = fused(a0, a, w0)
    b0 = fused(b0, b, w0)
    const w1 = v128.load32_splat(right, 16)
    a1 = fused(a1, a, w1)
    b1 = fused(b1, b, w1)
    const w2 = v128.load32_splat(right, 32)
    a2 = fused(a2, a, w2)
    b2 = fused(b2, b, w2)
    const w3 = v128.load32_splat(right, 48)
    a3 = fused(a3, a, w3)
    b3 = fused(b3, b, w3)
    left += 16
    lane = (lane + 1) & 3
    right += lane ? 4 : rightStep
  }
  if (accumulate) {
    a0 = f32x4.add(a0, v128.load(target))
    a1 = f32x4.add(a1, v128.load(target, 16))
    a2 = f32x4.add(a2, v128.load(target, 32))
    a3 = f32x4.add(a3, v128.load(target, 48))
    b0 = f32x4.add(b0, v128.load(target + targetStep))
    b1 = f32x4.add(b1, v128.load(target + targetStep, 16))
    b2 = f32x4.add(b2, v128.load(target + targetStep, 32))
    b3 = f32x4.add(b3, v128.load(target + targetStep, 48))
  }
  v128.store(target, a0)
  v128.store(target, a1, 16)
  v128.store(target, a2, 32)
  v128.store(target, a3, 48)
  v128.store(target + targetStep, b0)
  v128.store(target + targetStep, b1, 16)
  v128.store(target + targetStep, b2, 32)
  v128.store(target + targetStep, b3, 48)
}

/** Eight panels by one column, for the columns that are left over. */
function timesEightByOne(
  left: usize,
  leftStep: usize,
  inner: i32,
  right: usize,
  rightStride: i32,
  target: usize,
  targetStep: usize,
  accumulate: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  let s6 = s0
  let s7 = s0
  const rightStep = ((<usize>rightStride) << 4) - 12
  const end = left + ((<usize>inner) << 4)
  const l1 = leftStep
  const l2 = 2 * leftStep
  const l3 = 3 * leftStep
  const l4 = 4 * leftStep
  const l5 = 5 * leftStep
  const l6 = 6 * leftStep
  const l7 = 7 * leftStep
  let lane = 0
  while (left < end) {
    const weight = splat(right)
    s0 = fused(s0, v128.load(left), weight)
    s1 = fused(s1, v128.load(left + l1), weight)
    s2 = fused(s2, v128.load(left + l2), weight)
    s3 = fused(s3, v128.load(left + l3), weight)
    s4 = fused(s4, v128.load(left + l4), weight)
    s5 = fused(s5, v128.load(left + l5), weight)
    s6 = fused(s6, v128.load(left + l6), weight)
    s7 = fused(s7, v128.load(left + l7), weight)
    left += 16
    lane = (lane + 1) & 3
    right += lane ? 4 : rightStep
  }
  put(target, s0, accumulate)
  put(target + targetStep, s1, accumulate)
  put(target + 2 * targetStep, s2, accumulate)
  put(target + 3 * targetStep, s3, accumulate)
  put(target + 4 * targetStep, s4, accumulate)
  put(target + 5 * targetStep, s5, accumulate)
  put(target + 6 * targetStep, s6, accumulate)
  put(target + 7 * targetStep, s7, accumulate)
}
