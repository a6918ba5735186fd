/** What a head is trained on: a row of features for each photo and each changed copy of one. */
export interface TrainingRows {
  /** `[rows, length]` */
  readonly data: Float32Array
  /** Class of each row. */
  readonly classes: Int32Array
  /** The photo of each row, by its place among all photos. */
  readonly photos: Int32Array
  /** Rows that belong together have the same one: copies of a photo, exact duplicates, photos of one recording. */
  readonly units: Int32Array
}

/** The rows for which `keep` says so. */
export function selectRows(
  { data, classes, photos, units }: TrainingRows,
  length: number,
  keep: (row: number) => boolean,
): TrainingRows {
  const rows = Int32Array.from(classes.keys()).filter((row) => keep(row))
  const selected = new Float32Array(rows.length * length)
  rows.forEach((row, index) => selected.set(data.subarray(row * length, (row + 1) * length), index * length))
  const of = (all: Int32Array): Int32Array => rows.map((row) => all[row])
  return { data: selected, classes: of(classes), photos: of(photos), units: of(units) }
}
