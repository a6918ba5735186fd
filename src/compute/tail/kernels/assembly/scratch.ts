// Where the kernels keep what they pack, behind the module's own constants: its size is the same whatever the tensors'.

/** Rows of a packed panel of the left factor, and columns of one of the right factor. */
export const panelRows = 4
export const panelColumns = 8
/** At most as much of the inner dimension, and as many columns, are packed at once: the right block stays in the second cache. */
export const mostInner = 256
export const mostColumns = 512

const rightBytes: usize = mostInner * mostColumns * 4
/** Each number of the left panel stands there four times. */
const leftBytes: usize = mostInner * panelRows * 16
const tileBytes: usize = panelRows * panelColumns * 4
const rowsBytes: usize = panelRows * 32

export function scratch(): usize {
  return (__heap_base + 63) & ~63
}

export function packedRight(): usize {
  return scratch()
}

export function packedLeft(): usize {
  return scratch() + rightBytes
}

/** Blocks of channels of two pictures, and of a filter: see block.ts. They lie where the right factor is packed otherwise. */
export function blockOfPicture(index: usize): usize {
  return packedRight() + index * 65536
}

export function blockOfFilter(): usize {
  return blockOfPicture(2)
}

/** Room for one tile that hangs over the target's edge. */
export function spareTile(): usize {
  return packedLeft() + leftBytes
}

/** Facts of the rows of the panel at hand, 32 bytes each: see `Row`. */
export function rowTable(): usize {
  return spareTile() + tileBytes
}

/** Where the taps of the places at hand are described, by an axis: see `Taps`. */
export function tapTable(axis: usize): usize {
  return rowTable() + rowsBytes + axis * 64
}

/** Columns that are added up at once. */
export const mostSums = 1024

/** Sums of columns as float32, and their totals as float64. */
export function lineSums(): usize {
  return tapTable(2)
}

export function lineTotals(): usize {
  return lineSums() + mostSums * 4
}

/** Four numbers of each of a few arrays, where an array ends within a register. */
export function edge(index: usize): usize {
  return lineTotals() + mostSums * 8 + index * 16
}

/** The first byte that is free for tensors. */
export function heapBase(): usize {
  return edge(8)
}
