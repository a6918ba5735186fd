/** Bytes before the objects of a global heap, and before the data of an object. */
const headBytes = 16

/**
 * An HDF5 file whose first global heap, where texts are kept, says that its free space is empty: libhdf5 2.0 walks through
 * it for ever. Source of the layout: HDF5 File Format Specification, III.E,
 * https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export function endlessHdf5(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(file)
  const view = new DataView(bytes.buffer)
  let at = new TextDecoder('latin1').decode(bytes).indexOf('GCOL') + headBytes
  while (view.getUint16(at, true) !== 0) at += headBytes + Math.ceil(Number(view.getBigUint64(at + 8, true)) / 8) * 8
  view.setBigUint64(at + 8, 0n, true)
  return bytes
}
