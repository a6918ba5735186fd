/** Rows of the target (+)= rows of the source; all lengths in bytes. */
export function copy(
  rows: i32,
  bytes: usize,
  source: usize,
  sourceRow: usize,
  target: usize,
  targetRow: usize,
  accumulate: bool,
): void {
  for (let row = 0; row < rows; row++) {
    if (accumulate) addRow(source, target, bytes)
    else memory.copy(target, source, bytes)
    source += sourceRow
    target += targetRow
  }
}

function addRow(source: usize, target: usize, bytes: usize): void {
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)))
  }
  for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at))
}
