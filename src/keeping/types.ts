import type { DBSchema, IDBPDatabase } from 'idb'

/** What is kept in IndexedDB. All but the photos' pages are plain key and value. */
export interface KeptSchema extends DBSchema {
  /** Labels and settings: one record each. */
  values: { key: string; value: unknown }
  /** Networks that were opened, each with its cut and the order of its heads, by the model's key. */
  networks: { key: string; value: unknown }
  /** Photos, some of them a page, in their order. */
  photos: { key: number; value: unknown }
  /** Trained heads with their weights, by id. */
  heads: { key: string; value: unknown }
  /** How far trainings have come that are not at their end, by the key of their network; the worker that trains writes them. */
  trainings: { key: string; value: unknown }
  /** What those need to go on, which may be large. */
  trainingStates: { key: string; value: unknown }
  /** Rows of features by what they were computed from. */
  features: { key: string; value: Float32Array }
  /** Files, where the browser has no file system of its own for them. */
  files: { key: string; value: Blob }
}

export type Database = IDBPDatabase<KeptSchema>
